namespace EvCharge.Domain.Allocation.Sites;

/// <summary>
/// What has to be known of a connector after the site's activation was lost: the highest that it may be under, and whether it
/// was seen to follow. Written before a higher limit leaves; one that is too high by then costs room for a moment, never safety.
/// </summary>
/// <param name="Connection">The one for which it holds: on another one the charger may hold anything.</param>
/// <param name="High">In A on each loaded phase.</param>
/// <param name="Default">The highest that the default profile may hold, in A.</param>
[GenerateSerializer, Immutable, Alias("evc.ConnectorBound")]
public sealed record ConnectorBound(
    [property: Id(0)] string Charger,
    [property: Id(1)] int Connector,
    [property: Id(2)] long Connection,
    [property: Id(3)] long? Transaction,
    [property: Id(4)] double High,
    [property: Id(5)] double Default,
    [property: Id(6)] int Refusals,
    [property: Id(7)] bool Proven,
    [property: Id(8)] double Factor,
    [property: Id(9)] DateTimeOffset? DistrustedAt);
