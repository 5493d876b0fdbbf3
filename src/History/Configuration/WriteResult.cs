namespace EvCharge.History.Configuration;

/// <summary>What became of a write to the configuration.</summary>
public enum WriteOutcome
{
    Created,
    Replaced,
    Deleted,
    NotFound,

    /// <summary>The row has another version than the caller expected, or is not there although one was expected.</summary>
    Conflict,

    /// <summary>Something else is configured to use it: nothing was deleted.</summary>
    InUse,

    /// <summary>It names a site that does not exist: nothing was written.</summary>
    MissingReference,

    /// <summary>The tenant has as many as it may: nothing was written.</summary>
    QuotaExceeded,
}

/// <param name="RowVersion">The version after the write; 0 when nothing was written or the row was deleted.</param>
public readonly record struct WriteResult(WriteOutcome Outcome, long RowVersion)
{
    internal static readonly WriteResult NotFound = new(WriteOutcome.NotFound, 0);
    internal static readonly WriteResult Conflict = new(WriteOutcome.Conflict, 0);
    internal static readonly WriteResult InUse = new(WriteOutcome.InUse, 0);
    internal static readonly WriteResult MissingReference = new(WriteOutcome.MissingReference, 0);
    internal static readonly WriteResult QuotaExceeded = new(WriteOutcome.QuotaExceeded, 0);
    internal static readonly WriteResult Deleted = new(WriteOutcome.Deleted, 0);
}
