namespace EvCharge.Domain.Allocation.Sites;

/// <summary>
/// A charger as its site has to see it. Whole each time, so that one that is lost or comes late leaves nothing behind that the
/// next does not mend.
/// </summary>
/// <param name="Charger">Its name.</param>
/// <param name="Activation">Of the charger: tells apart whose numbers are compared, so that no clock decides.</param>
/// <param name="Number">Rises from one to the next of an activation.</param>
/// <param name="Joined">It takes limits from the site's present activation.</param>
/// <param name="Connection">Tells connections apart; 0 while there is none.</param>
[GenerateSerializer, Immutable, Alias("evc.ChargerImage")]
public sealed record ChargerImage(
    [property: Id(0)] string Charger,
    [property: Id(1)] long Number,
    [property: Id(2)] bool Joined,
    [property: Id(3)] long Connection,
    [property: Id(4)] LimitTraits Traits,
    [property: Id(5)] ImmutableArray<ConnectorImage> Connectors,
    [property: Id(6)] Guid Activation);

/// <summary>How a charger takes limits, as far as it matters to what it is given. In its own unit, A on each phase or W in total.</summary>
/// <param name="Unit">A or W.</param>
/// <param name="Minimum">The least limit that is not 0; null for that of vehicles.</param>
/// <param name="Step">Limits are multiples of it; null for 0.1, as OCPP writes them.</param>
/// <param name="OneProfile">Its limits for a transaction and for the next one are the same profile.</param>
/// <param name="ZeroAllowed">A limit of 0 pauses the vehicle.</param>
/// <param name="SettleSeconds">From a limit until vehicles have followed it; null for as long as the site says.</param>
/// <param name="ResendAfterResume">It takes the first limit after a pause and does not follow it.</param>
[GenerateSerializer, Immutable, Alias("evc.LimitTraits")]
public sealed record LimitTraits(
    [property: Id(0)] string Unit,
    [property: Id(1)] double? Minimum,
    [property: Id(2)] double? Step,
    [property: Id(3)] bool OneProfile,
    [property: Id(4)] bool ZeroAllowed,
    [property: Id(5)] int? SettleSeconds = null,
    [property: Id(6)] bool ResendAfterResume = false)
{
    public static readonly LimitTraits Plain = new("A", null, null, false, true);
}

/// <summary>A connector of it.</summary>
/// <param name="Connector">From 1.</param>
/// <param name="Transaction">The one that is open; null for none.</param>
/// <param name="Status">OCPP status; Unknown when there was none.</param>
/// <param name="Current">The highest that was measured of the phases, in A; null when current is not measured.</param>
/// <param name="Power">Of all phases together, in W; null when it is not measured.</param>
/// <param name="MeasuredAt">When that arrived; null when nothing did.</param>
/// <param name="IdTag">Of the transaction; null without one.</param>
/// <param name="EnergyWh">Since its start.</param>
/// <param name="Currents">By terminal, in A, as <paramref name="Current"/>; empty when they are not measured apart.</param>
[GenerateSerializer, Immutable, Alias("evc.ConnectorImage")]
public sealed record ConnectorImage(
    [property: Id(0)] int Connector,
    [property: Id(1)] long? Transaction,
    [property: Id(2)] string Status,
    [property: Id(3)] double? Current,
    [property: Id(4)] double? Power,
    [property: Id(5)] DateTimeOffset? MeasuredAt,
    [property: Id(6)] string? IdTag = null,
    [property: Id(7)] double EnergyWh = 0,
    [property: Id(8)] ImmutableArray<double?> Currents = default);
