using EvCharge.Domain.Allocation;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Gateway.Api;

namespace EvCharge.Gateway.Allocation;

/// <summary>How a site shares now.</summary>
/// <param name="DecidedAt">The moment of the last decision; what is in force and measured is of now.</param>
/// <param name="Limit">At the grid connection, in <paramref name="EnergyUnit"/>; null for none.</param>
/// <param name="LimitFrom">Where the limit comes from: none, static, schedule, external, fallback or operator.</param>
/// <param name="Rows">The limited phases and powers of the site, its feeders and chargers.</param>
public sealed record AllocationView(
    DateTimeOffset DecidedAt, double? Limit, string EnergyUnit, string LimitFrom, IReadOnlyList<RowView> Rows, IReadOnlyList<ConnectorAllocationView> Connectors)
{
    internal static AllocationView Of(SiteAllocation site, string unit) => new(
        site.DecidedAt, site.Limit, unit, Words.Of(site.Origin),
        [.. site.Rows.Select(row => new RowView(row.Row.Node, row.Row.Part, Tenths.Of(row.Free), Tenths.Of(row.InForce),
            Tenths.Of(row.BaseLoad), Tenths.Of(row.Drawn)))],
        [.. site.Connectors.Select(ConnectorAllocationView.Of)]);
}

/// <param name="Node">The site, a feeder or a charger.</param>
/// <param name="Part">L1, L2 or L3 in A, or power in W.</param>
/// <param name="Free">What vehicles may take: the limit without its margin and what others take.</param>
/// <param name="InForce">What they may take at most by the limits that may be in force.</param>
/// <param name="BaseLoad">What is counted for others than vehicles; negative where more is generated.</param>
/// <param name="Drawn">What vehicles were measured to draw.</param>
public sealed record RowView(string Node, string Part, double Free, double InForce, double BaseLoad, double Drawn);

/// <summary>What a connector has. Currents are in A on each phase that it loads.</summary>
/// <param name="Transaction">Null when there is none.</param>
/// <param name="State">idle, charging, sleeping, paused, offline, distrusted or unmanaged.</param>
/// <param name="Limit">What its charger holds.</param>
/// <param name="Reserved">What is counted for it.</param>
/// <param name="Allotted">What the last decision gives it; its limit follows.</param>
/// <param name="Measured">What its vehicle draws; null when that is not measured.</param>
/// <param name="Estimate">What its vehicle is expected to use.</param>
/// <param name="Reason">Why it gets no more, in a sentence.</param>
/// <param name="Why">The same for who speaks another language.</param>
/// <param name="Priority">0, last, to 9, first.</param>
/// <param name="Weight">The share beside others of the same priority: 1 unless more is known of the vehicle.</param>
/// <param name="Departure">When its vehicle leaves, if somebody said so.</param>
/// <param name="EnergyWh">What it is to have got by then, if somebody said so.</param>
public sealed record ConnectorAllocationView(
    string Charger, int Connector, long? Transaction, string State, double Limit, double Reserved, double Allotted, double? Measured,
    double? Estimate, string Reason, ReasonView Why, int Priority, double Weight, DateTimeOffset? Departure, double? EnergyWh)
{
    internal static ConnectorAllocationView Of(ConnectorAllocation connector) => new(
        connector.Charger, connector.Connector, connector.Transaction, connector.State, Tenths.Of(connector.Limit),
        Tenths.Of(connector.Reserved), Tenths.Of(connector.Allotted), Tenths.Of(connector.Measured), Tenths.Of(connector.Estimate),
        AllotmentView.Sentence(connector.Reason, connector.Row), ReasonView.Of(connector.Reason, connector.Row), connector.Priority, Math.Round(connector.Weight, 2), connector.Departure,
        connector.EnergyWh);
}

/// <summary>What a connector would get, in A on each phase that it loads.</summary>
/// <param name="Reason">Why no more, in a sentence.</param>
/// <param name="Why">The same for who speaks another language.</param>
public sealed record AllotmentView(string Charger, int Connector, double Allotted, string Reason, ReasonView Why)
{
    internal static AllotmentView Of(ConnectorAllotment allotment) => new(
        allotment.Charger, allotment.Connector, Tenths.Of(allotment.Allotted), Sentence(allotment.Reason, allotment.Row),
        ReasonView.Of(allotment.Reason, allotment.Row));

    internal static string Sentence(LimitReason reason, RowName? row) => (reason, row) switch
    {
        (LimitReason.Most, _) => "It gets the most that vehicle, cable and charger take.",
        (LimitReason.Row, { Part: "power" }) => $"{row.Node} has no more power.",
        (LimitReason.Row, not null) => $"{row.Node} has no more on {row.Part}.",
        (LimitReason.Waiting, not null) => $"There is not room for its minimum; it waits for its turn at {row.Node}.",
        (LimitReason.Waiting, null) => "There is not room for its minimum; it waits for its turn.",
        (LimitReason.Sleeping, _) => "Its vehicle takes nothing, and others need the room.",
        (LimitReason.Idle, _) => "No vehicle charges: what one may draw that starts.",
        (LimitReason.Fixed, _) => "It cannot be limited now: what it may draw is set aside.",
        _ => "A limit above it leaves no more.",
    };
}

/// <summary>Why a connector gets no more.</summary>
/// <param name="Code">most, row, waiting, sleeping, idle or fixed.</param>
/// <param name="Node">The site, feeder or charger that has no more; null where none is to blame.</param>
/// <param name="Part">L1, L2, L3 or power of it.</param>
public sealed record ReasonView(string Code, string? Node, string? Part)
{
    internal static ReasonView Of(LimitReason reason, RowName? row) => new(Words.Of(reason), row?.Node, row?.Part);
}

/// <summary>Currents as OCPP writes them; more digits would say nothing.</summary>
internal static class Tenths
{
    public static double Of(double value) => Math.Round(value, 1);

    public static double? Of(double? value) => value is { } known ? Of(known) : null;
}
