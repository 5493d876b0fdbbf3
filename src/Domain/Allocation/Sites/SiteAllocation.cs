using EvCharge.Domain.Allocation.Limits;

namespace EvCharge.Domain.Allocation.Sites;

/// <summary>How a site shares at a moment.</summary>
/// <param name="DecidedAt">The moment of the last decision; what is in force and measured is of now.</param>
/// <param name="Limit">That of the grid connection in the site's unit; null for none.</param>
/// <param name="Origin">Where it comes from.</param>
[GenerateSerializer, Immutable, Alias("evc.SiteAllocation")]
public sealed record SiteAllocation(
    [property: Id(0)] DateTimeOffset DecidedAt,
    [property: Id(1)] double? Limit,
    [property: Id(2)] LimitOrigin Origin,
    [property: Id(3)] ImmutableArray<RowAllocation> Rows,
    [property: Id(4)] ImmutableArray<ConnectorAllocation> Connectors)
{
    internal static SiteAllocation Of(
        SiteLayout layout, SiteStep step, ImmutableArray<ControlledConnector> connectors, SiteLoad load, ControlPolicy policy, LimitOrigin origin, double? limit, DateTimeOffset now)
    {
        var shown = ImmutableArray.CreateBuilder<ConnectorAllocation>(connectors.Length);
        var (used, drawn) = (new double[layout.Tree.Rows], new double[layout.Tree.Rows]);
        for (var index = 0; index < connectors.Length; index++)
        {
            var (connector, allotted) = (connectors[index], step.Plan.Allotments[index]);
            var wish = connector.Control.Wish(now, policy);
            var reserved = connector.Control.Controlled(in wish, now, policy).Reserved;
            for (var node = wish.Node; node >= 0; node = layout.Tree.Parent(node))
            {
                for (var part = 0; part < LimitTree.RowsPerNode; part++)
                {
                    var share = layout.Tree.Share(part, wish.Phases, wish.Conductors);
                    used[LimitTree.Row(node, part)] += share * reserved;
                    drawn[LimitTree.Row(node, part)] += share * (connector.Measured ?? 0);
                }
            }
            shown.Add(new ConnectorAllocation(
                connector.Placed.Charger, connector.Placed.Connector, connector.Transaction, StateOf(connector, policy),
                connector.Control.InForce.Held, reserved, allotted.Current, connector.Measured,
                connector.Control.IsInUse ? wish.Estimate : null, allotted.Reason, allotted.Row < 0 ? null : RowName(layout, allotted.Row),
                wish.Priority, wish.Weight, connector.Needs.Departure, connector.Needs.EnergyWh));
        }
        var rows = Enumerable.Range(0, layout.Tree.Rows)
            .Where(row => !double.IsInfinity(step.Limits[row]))
            .Select(row => new RowAllocation(
                RowName(layout, row), step.Limits[row], used[row], row < LimitTree.RowsPerNode ? load.At(row, now) : 0, drawn[row]));
        return new SiteAllocation(step.At, limit, origin, [.. rows], shown.DrainToImmutable());
    }

    internal static ImmutableArray<ConnectorAllotment> Allotments(SiteLayout layout, AllocationPlan plan) =>
    [
        .. plan.Allotments.Select((allotted, index) => new ConnectorAllotment(
            layout.Connectors[index].Charger, layout.Connectors[index].Connector, allotted.Current, allotted.Reason,
            allotted.Row < 0 ? null : RowName(layout, allotted.Row))),
    ];

    private static RowName RowName(SiteLayout layout, int row) => new(
        layout.Tree[row / LimitTree.RowsPerNode].Name,
        (row % LimitTree.RowsPerNode) switch { LimitTree.PowerRow => "power", var phase => $"L{phase + 1}" });

    private static string StateOf(ControlledConnector connector, ControlPolicy policy) => connector.Control switch
    {
        { IsReachable: false } => ConnectorState.Offline,
        var control when control.IsUnmanaged(policy) => ConnectorState.Unmanaged,
        { Trust.IsDistrusted: true } => ConnectorState.Distrusted,
        { IsInUse: false } => ConnectorState.Idle,
        { Demand.Sleeps: true } => ConnectorState.Sleeping,
        { InForce.Held: 0 } => ConnectorState.Paused,
        _ => ConnectorState.Charging,
    };
}

/// <summary>A row of the limit tree.</summary>
/// <param name="Part">L1, L2, L3 in A, or power in W.</param>
[GenerateSerializer, Immutable, Alias("evc.RowName")]
public sealed record RowName([property: Id(0)] string Node, [property: Id(1)] string Part);

/// <param name="Free">What vehicles may take of it: the limit without its margin and what others take.</param>
/// <param name="InForce">What they may take by the limits that may be in force.</param>
/// <param name="BaseLoad">What is counted for others; negative where more is generated.</param>
/// <param name="Drawn">What vehicles were measured to draw.</param>
[GenerateSerializer, Immutable, Alias("evc.RowAllocation")]
public sealed record RowAllocation(
    [property: Id(0)] RowName Row,
    [property: Id(1)] double Free,
    [property: Id(2)] double InForce,
    [property: Id(3)] double BaseLoad,
    [property: Id(4)] double Drawn);

/// <summary>What one connector has. Currents in A on each loaded phase.</summary>
/// <param name="State">One of <see cref="ConnectorState"/>.</param>
/// <param name="Limit">What the charger holds.</param>
/// <param name="Reserved">What is counted for it.</param>
/// <param name="Allotted">What the plan gives it.</param>
/// <param name="Measured">Null when nothing was.</param>
/// <param name="Estimate">What it is expected to use; null without a transaction.</param>
/// <param name="Row">The row that leaves no more; null for none.</param>
/// <param name="Priority">0, last, to 9, first.</param>
/// <param name="Weight">The share beside others of the same priority.</param>
/// <param name="Departure">When its vehicle leaves, if somebody said so.</param>
/// <param name="EnergyWh">What it is to have got by then, if somebody said so.</param>
[GenerateSerializer, Immutable, Alias("evc.ConnectorAllocation")]
public sealed record ConnectorAllocation(
    [property: Id(0)] string Charger,
    [property: Id(1)] int Connector,
    [property: Id(2)] long? Transaction,
    [property: Id(3)] string State,
    [property: Id(4)] double Limit,
    [property: Id(5)] double Reserved,
    [property: Id(6)] double Allotted,
    [property: Id(7)] double? Measured,
    [property: Id(8)] double? Estimate,
    [property: Id(9)] LimitReason Reason,
    [property: Id(10)] RowName? Row,
    [property: Id(11)] int Priority,
    [property: Id(12)] double Weight,
    [property: Id(13)] DateTimeOffset? Departure,
    [property: Id(14)] double? EnergyWh);

/// <summary>What a connector is to the allocation, in a word for people.</summary>
public static class ConnectorState
{
    public const string Idle = "idle";
    public const string Charging = "charging";
    public const string Sleeping = "sleeping";
    public const string Paused = "paused";
    public const string Offline = "offline";
    public const string Distrusted = "distrusted";
    public const string Unmanaged = "unmanaged";
}

/// <summary>What a plan gives one connector, in A on each loaded phase, and why no more.</summary>
[GenerateSerializer, Immutable, Alias("evc.ConnectorAllotment")]
public sealed record ConnectorAllotment(
    [property: Id(0)] string Charger,
    [property: Id(1)] int Connector,
    [property: Id(2)] double Allotted,
    [property: Id(3)] LimitReason Reason,
    [property: Id(4)] RowName? Row);
