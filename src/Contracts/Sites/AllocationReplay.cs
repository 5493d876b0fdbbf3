using EvCharge.Domain.Allocation.Replay;

namespace EvCharge.Contracts.Sites;

/// <summary>Asks how a site would have shared.</summary>
/// <param name="From">Transactions that began from then on.</param>
/// <param name="To">And before.</param>
/// <param name="Limit">At the grid connection, in the site's unit, in the place of the site's and of its schedule; null leaves those.</param>
/// <param name="Sharing">The settings as they are stored of a site; null for those of the site.</param>
[GenerateSerializer, Immutable, Alias("evc.AllocationReplayQuestion")]
public sealed record AllocationReplayQuestion(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset To,
    [property: Id(2)] double? Limit,
    [property: Id(3)] string? Sharing);

/// <summary>What came of it.</summary>
/// <param name="Refusal">One of <see cref="ReplayRefusal"/>; null when there is an outcome.</param>
[GenerateSerializer, Immutable, Alias("evc.AllocationReplayAnswer")]
public sealed record AllocationReplayAnswer([property: Id(0)] string? Refusal, [property: Id(1)] ReplayOutcome? Outcome);

/// <summary>Why nothing was replayed.</summary>
public static class ReplayRefusal
{
    /// <summary>The site gives no limits, and the question has no settings.</summary>
    public const string NotLimited = "not-limited";

    /// <summary>Too many transactions, or it took too long.</summary>
    public const string TooMuch = "too-much";

    /// <summary>Others replay just now.</summary>
    public const string Busy = "busy";
}
