using System.Data.Common;

namespace EvCharge.Storage.GroupCommit;

/// <summary>Commits writes together, on a connection that it keeps until one fails. Used on the writer's thread alone.</summary>
/// <param name="open">Opens a connection that nobody else uses.</param>
internal sealed class BatchTransaction(Func<DbConnection> open, CommitDialect dialect) : IDisposable
{
    private const string RollBack = "ROLLBACK";

    private WriteSession? _session;
    private bool _begun;

    /// <summary>The boundary of the writer: whatever fails in a batch is told to the tasks of that batch.</summary>
    /// <param name="alone">Whether batches of other processes are kept out, since one was in the way before.</param>
    /// <returns>Null when the writes are on disk, or have failed on their own.</returns>
    public BatchFailure? Commit(ArraySegment<PendingWrite> writes, bool alone)
    {
        _begun = false;
        try
        {
            _session ??= new WriteSession(open(), dialect);
            Apply(_session, writes, alone ? dialect.BeginAlone : dialect.Begin);
            _session.Execute(dialect.Commit);
            return null;
        }
        catch (Exception failure)
        {
            Dispose();
            return new BatchFailure(failure, dialect.Judge(failure), _begun);
        }
    }

    /// <summary>Closing rolls back what is not committed; the next batch opens anew.</summary>
    public void Dispose()
    {
        var session = _session;
        _session = null;
        session?.Dispose();
    }

    /// <summary>
    /// Applies the writes in the quickest way that does: sent together with the beginning, where the engine can; one by one when
    /// that went wrong, since chargers that repeat themselves make many assumptions wrong; and with a savepoint for each.
    /// </summary>
    private void Apply(WriteSession session, ArraySegment<PendingWrite> writes, IReadOnlyList<string> begin)
    {
        if (dialect.SendsTogether)
        {
            session.BeginAssuming();
            Begin(session, begin);
            if (TryAll(session, writes))
            {
                return;
            }

            session.Execute(RollBack);
        }

        Begin(session, begin);
        if (dialect.SavepointsAreDear)
        {
            if (TryAll(session, writes))
            {
                return;
            }

            session.Execute(RollBack);
            Begin(session, begin);
        }

        ApplyEach(session, writes);
    }

    private void Begin(WriteSession session, IReadOnlyList<string> begin)
    {
        _begun = false;
        foreach (var statement in begin)
        {
            session.Post(statement);
        }

        _begun = true;
    }

    /// <returns>False when a write failed, took itself back or assumed wrongly: then all of them are to be undone.</returns>
    private bool TryAll(WriteSession session, ArraySegment<PendingWrite> writes)
    {
        try
        {
            foreach (var write in writes)
            {
                Apply(session, write);
                if (session.Discarded)
                {
                    return false;
                }
            }

            session.SendAssumed();
            return true;
        }
        catch (Exception fault) when (dialect.Judge(fault) == FailureKind.Fault)
        {
            return false;
        }
        finally
        {
            session.EndAssuming();
        }
    }

    private void ApplyEach(WriteSession session, ArraySegment<PendingWrite> writes)
    {
        foreach (var write in writes)
        {
            session.Execute(dialect.Savepoint);
            Apply(session, write);
            if (session.Discarded)
            {
                // Fails when the fault has ended the whole transaction; the batch is then tried in halves.
                session.Execute(dialect.RollBackToSavepoint);
            }

            if (dialect.ReleaseSavepoint is { } release)
            {
                session.Execute(release);
            }
        }
    }

    private void Apply(WriteSession session, PendingWrite write)
    {
        session.Discarded = false;
        write.Fault = null;
        try
        {
            write.Apply(session);
        }
        catch (Exception fault) when (dialect.Judge(fault) == FailureKind.Fault)
        {
            write.Fault = fault;
            session.Discarded = true;
        }
    }
}

/// <param name="Begun">Whether the transaction had begun: if not, no write of the batch can be at fault.</param>
internal sealed record BatchFailure(Exception Cause, FailureKind Kind, bool Begun);
