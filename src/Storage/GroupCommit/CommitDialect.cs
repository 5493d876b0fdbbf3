namespace EvCharge.Storage.GroupCommit;

/// <summary>What a failure of the database means for the batch that met it.</summary>
public enum FailureKind
{
    /// <summary>A write of the batch is at fault, or the database for good.</summary>
    Fault,

    /// <summary>Another writer was in the way: the same batch succeeds when it is alone.</summary>
    Contention,

    /// <summary>The database is away, and whether the batch was committed may be unknown: it may succeed later.</summary>
    Unreachable,
}

/// <summary>All that differs between engines for a group commit: how a transaction is written, and what failures mean.</summary>
public abstract class CommitDialect
{
    /// <summary>Begins a transaction that may write.</summary>
    public abstract string Begin { get; }

    /// <summary>
    /// Begins a transaction that overlaps with no other batch: it waits for those that have begun, and those to come wait
    /// for it.
    /// </summary>
    public abstract string BeginAlone { get; }

    /// <summary>Ends the transaction; fails when it cannot be committed any more.</summary>
    public abstract string Commit { get; }

    /// <summary>
    /// Whether a savepoint costs a round trip to a server. Then a batch is first applied without them, and once more with
    /// them when a write of it fails or takes itself back.
    /// </summary>
    public abstract bool SavepointsAreDear { get; }

    public abstract FailureKind Judge(Exception failure);
}
