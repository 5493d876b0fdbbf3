namespace EvCharge.Contracts.Frames;

/// <summary>A report, or why there can be none.</summary>
[GenerateSerializer, Immutable, Alias("evc.ReplayAnswer")]
public sealed record ReplayAnswer([property: Id(0)] ReplayReport? Report, [property: Id(1)] ReplayRefusal? Refusal);

/// <summary>What a replay came to.</summary>
/// <param name="Entries">Entries of the log in the stretch.</param>
/// <param name="Calls">Calls of the charger that were replayed.</param>
/// <param name="Transactions">Transactions that came out.</param>
/// <param name="Samples">Samples that came out.</param>
/// <param name="ReplayedHash">SHA-256 over transactions and samples that came out, in the order of ids; 64 hex digits.</param>
/// <param name="StoredHash">The same over those on record.</param>
/// <param name="Differences">The first of them.</param>
/// <param name="DifferenceCount">How many there are.</param>
[GenerateSerializer, Immutable, Alias("evc.ReplayReport")]
public sealed record ReplayReport(
    [property: Id(0)] int Entries,
    [property: Id(1)] int Calls,
    [property: Id(2)] int Transactions,
    [property: Id(3)] int Samples,
    [property: Id(4)] string ReplayedHash,
    [property: Id(5)] string StoredHash,
    [property: Id(6)] ImmutableArray<ReplayDifference> Differences,
    [property: Id(7)] int DifferenceCount);

/// <summary>A fact that the record and the replay do not have alike.</summary>
/// <param name="Subject">transaction, samples or answer.</param>
/// <param name="Id">Of the transaction, public; 0 for samples of none; of an answer the id on the wire.</param>
/// <param name="Member">Name of the member, or empty when the whole is missing on one side.</param>
/// <param name="Stored">As on record; null when there is nothing.</param>
/// <param name="Replayed">As it came out; null when there is nothing.</param>
[GenerateSerializer, Immutable, Alias("evc.ReplayDifference")]
public sealed record ReplayDifference(
    [property: Id(0)] string Subject,
    [property: Id(1)] long Id,
    [property: Id(2)] string Member,
    [property: Id(3)] string? Stored,
    [property: Id(4)] string? Replayed);

[GenerateSerializer, Immutable, Alias("evc.ReplayRefusal")]
public sealed record ReplayRefusal([property: Id(0)] ReplayRefusalKind Kind, [property: Id(1)] string Text);

[GenerateSerializer, Alias("evc.ReplayRefusalKind")]
public enum ReplayRefusalKind
{
    /// <summary>Nothing is logged in the stretch.</summary>
    Empty,

    /// <summary>Entries are missing.</summary>
    Gap,

    /// <summary>The stretch begins or ends in the middle of a transaction.</summary>
    CutsTransaction,

    /// <summary>It holds more entries than are replayed at a time.</summary>
    TooLong,
}
