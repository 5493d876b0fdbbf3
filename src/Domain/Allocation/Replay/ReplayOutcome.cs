namespace EvCharge.Domain.Allocation.Replay;

/// <summary>A transaction as it was.</summary>
/// <param name="EnergyWh">What its vehicle took, and wants in a replay: whether it would have taken more nobody knows.</param>
public sealed record PastSession(
    long Transaction, string Charger, int Connector, DateTimeOffset From, DateTimeOffset To, double EnergyWh);

/// <summary>A transaction as it would have been.</summary>
/// <param name="DoneAt">When its vehicle had all it wanted; null when it left before.</param>
[GenerateSerializer, Immutable, Alias("evc.ReplayedSession")]
public sealed record ReplayedSession(
    [property: Id(0)] long Transaction,
    [property: Id(1)] string Charger,
    [property: Id(2)] int Connector,
    [property: Id(3)] double WantedWh,
    [property: Id(4)] double DeliveredWh,
    [property: Id(5)] DateTimeOffset? DoneAt);

/// <summary>How a site would have shared.</summary>
/// <param name="Jain">How evenly, by the part that each got of what it wanted (Jain, Chiu, Hawe, DEC TR-301, 1984): 1 when all got the same.</param>
/// <param name="Use">What was drawn of the limit while more was wanted than it, 0 to 1; null when that never was.</param>
/// <param name="SecondsOver">In which more was drawn than some row of the tree allows.</param>
/// <param name="Limits">Sent to chargers.</param>
/// <param name="SessionHours">Of all vehicles together.</param>
[GenerateSerializer, Immutable, Alias("evc.ReplayOutcome")]
public sealed record ReplayOutcome(
    [property: Id(0)] double Jain,
    [property: Id(1)] double? Use,
    [property: Id(2)] int SecondsOver,
    [property: Id(3)] int Limits,
    [property: Id(4)] double SessionHours,
    [property: Id(5)] ImmutableArray<ReplayedSession> Sessions);
