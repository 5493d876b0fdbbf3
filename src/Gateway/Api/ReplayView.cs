using EvCharge.Contracts.Frames;

namespace EvCharge.Gateway.Api;

/// <summary>Which stretch of a charger's log to replay, half-open.</summary>
/// <param name="From">The beginning of the log when absent.</param>
/// <param name="To">Now when absent.</param>
public sealed record ReplayInput(DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>What a replay came to.</summary>
/// <param name="Equal">True when transactions and samples that came out are those on record.</param>
/// <param name="Entries">Entries of the log in the stretch.</param>
/// <param name="Calls">Calls of the charger that were replayed.</param>
/// <param name="Transactions">Transactions that came out.</param>
/// <param name="Samples">Samples that came out.</param>
/// <param name="ReplayedSha256">Over transactions and samples that came out, in the order of ids.</param>
/// <param name="StoredSha256">The same over those on record.</param>
/// <param name="DifferenceCount">How many differences there are; the first 100 are told.</param>
public sealed record ReplayView(
    bool Equal,
    int Entries,
    int Calls,
    int Transactions,
    int Samples,
    string ReplayedSha256,
    string StoredSha256,
    int DifferenceCount,
    IReadOnlyList<ReplayDifferenceView> Differences)
{
    internal static ReplayView Of(ReplayReport report) => new(
        report.DifferenceCount == 0 && report.ReplayedHash == report.StoredHash,
        report.Entries,
        report.Calls,
        report.Transactions,
        report.Samples,
        report.ReplayedHash,
        report.StoredHash,
        report.DifferenceCount,
        [.. report.Differences.Select(ReplayDifferenceView.Of)]);
}

/// <summary>A fact that the record and the replay do not have alike.</summary>
/// <param name="Subject">transaction, samples, or answer: what the charger was told.</param>
/// <param name="Id">Public id of the transaction, 0 for samples of none; of an answer the id on the wire.</param>
/// <param name="Member">Name of the member; empty when one side has nothing.</param>
/// <param name="Stored">Times are milliseconds since 1970.</param>
public sealed record ReplayDifferenceView(string Subject, long Id, string Member, string? Stored, string? Replayed)
{
    internal static ReplayDifferenceView Of(ReplayDifference difference) =>
        new(difference.Subject, difference.Id, difference.Member, difference.Stored, difference.Replayed);
}
