using System.Data.Common;

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
    /// <summary>Begins a transaction that may write, with one statement or several.</summary>
    public abstract IReadOnlyList<string> Begin { get; }

    /// <summary>
    /// Begins a transaction that overlaps with no other batch: it waits for those that have begun, and those to come wait
    /// for it.
    /// </summary>
    public abstract IReadOnlyList<string> BeginAlone { get; }

    /// <summary>Ends the transaction; fails when it cannot be committed any more.</summary>
    public abstract string Commit { get; }

    /// <summary>Marks how far the transaction has come, in place of an earlier mark.</summary>
    public virtual string Savepoint => "SAVEPOINT item";

    /// <summary>Takes back what was written since the mark; fails when the fault has ended the whole transaction.</summary>
    public virtual string RollBackToSavepoint => "ROLLBACK TO item";

    /// <summary>Takes the mark away; null where the next one replaces it.</summary>
    public virtual string? ReleaseSavepoint => "RELEASE item";

    /// <summary>
    /// Whether a savepoint costs a round trip to a server. Then a batch is first applied without them, and once more with
    /// them when a write of it fails or takes itself back.
    /// </summary>
    public abstract bool SavepointsAreDear { get; }

    /// <summary>Whether statements of a batch that is applied without savepoints are sent together, in one round trip.</summary>
    public virtual bool SendsTogether => false;

    public abstract FailureKind Judge(Exception failure);

    /// <summary>
    /// The text of a statement that is sent together with others. Where the driver would look for names of parameters in it each
    /// time, it has their places instead.
    /// </summary>
    /// <param name="names">The names of the parameters in the order in which they are sent; null when the text goes by names.</param>
    public virtual string? ByPlace(string sql, IList<string> names) => null;

    /// <summary>Gives a parameter its value for the next run of its statement.</summary>
    public virtual void Bind(DbParameter parameter, object? value) => parameter.Value = StorableValue.Of(value);
}
