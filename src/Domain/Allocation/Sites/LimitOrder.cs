namespace EvCharge.Domain.Allocation.Sites;

/// <summary>A limit that a charger is to be told.</summary>
/// <param name="Number">Of this activation of the site; the outcome names it.</param>
/// <param name="Epoch">Of the site's activation: a charger takes orders of the last one it joined only.</param>
/// <param name="Connection">The connection for which it was decided; another one may hold other limits.</param>
/// <param name="Transaction">For which it is; null for the default, under which the next vehicle starts.</param>
/// <param name="Current">In A on each loaded phase; 0 to pause.</param>
/// <param name="Power">The same in W in total.</param>
/// <param name="ExpiresAt">From then on it is not sent any more.</param>
/// <param name="Phases">Over how many the current flows.</param>
/// <param name="IsDc">Only the power counts.</param>
[GenerateSerializer, Immutable, Alias("evc.LimitOrder")]
public sealed record LimitOrder(
    [property: Id(0)] long Number,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Connection,
    [property: Id(3)] string Charger,
    [property: Id(4)] int Connector,
    [property: Id(5)] long? Transaction,
    [property: Id(6)] double Current,
    [property: Id(7)] double Power,
    [property: Id(8)] DateTimeOffset ExpiresAt,
    [property: Id(9)] int Phases,
    [property: Id(10)] bool IsDc);

/// <summary>What became of an order.</summary>
[GenerateSerializer, Alias("evc.LimitOutcome")]
public enum LimitOutcome
{
    /// <summary>The charger took it.</summary>
    Accepted,

    /// <summary>The charger did not take it, and stays where it was.</summary>
    Refused,

    /// <summary>It was sent, and nobody knows what the charger did.</summary>
    Unanswered,

    /// <summary>It was not sent.</summary>
    NotSent,

    /// <summary>It was not sent: the charger does not take limits from this activation of the site, which has to join it first.</summary>
    NotJoined,
}
