using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace EvCharge.Storage.GroupCommit;

/// <summary>
/// The one writer of a database. Everything that waits is committed in one transaction by one thread, so that the cost
/// of a durable commit is shared; a task completes after its commit. The thread is its own, since a thread of the pool or
/// of an Orleans scheduler must not block on a disk.
/// </summary>
public sealed partial class GroupCommitWriter : IAsyncDisposable
{
    private readonly WriteQueue _queue;
    private readonly Func<DbConnection> _open;
    private readonly ILogger _log;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriteSession? _session;

    /// <param name="name">Name of the thread.</param>
    /// <param name="open">Opens a connection that nobody else uses.</param>
    public GroupCommitWriter(string name, Func<DbConnection> open, GroupCommitOptions options, ILogger log)
    {
        _queue = new WriteQueue(options);
        _open = open;
        _log = log;
        new Thread(Run) { Name = name, IsBackground = true }.Start();
    }

    /// <summary>
    /// Queues work and completes when it is on disk. The work runs on the writer's thread inside a savepoint; what it
    /// throws fails its own task alone. It may run again when its batch failed, so it must decide from the database.
    /// </summary>
    /// <param name="rows">About how many rows it writes.</param>
    /// <param name="bytes">About how much memory it holds while it waits.</param>
    /// <exception cref="DatabaseUnavailableException">The queue is full, the writer has stopped or the database cannot be written.</exception>
    public Task<T> Write<T>(Func<WriteSession, T> work, int rows = 1, int bytes = 256)
    {
        var write = new PendingWrite<T>(work, rows, bytes);
        return _queue.Refuse(write) is { } reason
            ? Task.FromException<T>(new DatabaseUnavailableException(reason))
            : write.Done;
    }

    /// <summary>Takes nothing more and completes when everything accepted is settled.</summary>
    public Task Stop()
    {
        _queue.Close();
        return _ended.Task;
    }

    public async ValueTask DisposeAsync() => await Stop();

    private void Run()
    {
        while (_queue.TakeAll() is { } batch)
        {
            Settle(batch);
            _queue.Settle(batch);
        }

        CloseSession();
        _ended.SetResult();
    }

    private void Settle(List<PendingWrite> batch)
    {
        var failuresInARow = 0;
        var halves = new Stack<ArraySegment<PendingWrite>>([batch.ToArray()]);
        while (halves.TryPop(out var writes))
        {
            var failure = TryCommit(writes, out var begun);
            if (failure is null)
            {
                failuresInARow = 0;
                Complete(writes);
            }
            else if (begun && writes.Count > 1 && failuresInARow < 2)
            {
                halves.Push(writes[(writes.Count / 2)..]);
                halves.Push(writes[..(writes.Count / 2)]);
            }
            else
            {
                // Two single writes that fail one after the other, or a transaction that cannot even begin, mean that the
                // database is at fault and no write: halving a batch of thousands against a full disk would take minutes.
                failuresInARow++;
                Fail(writes, failure);
                while (!begun && halves.TryPop(out var rest))
                {
                    Fail(rest, failure);
                }
            }
        }
    }

    /// <summary>The boundary of the writer: whatever fails in a batch is told to the tasks of that batch.</summary>
    private Exception? TryCommit(ArraySegment<PendingWrite> writes, out bool begun)
    {
        begun = false;
        try
        {
            _session ??= new WriteSession(_open());
            _session.Execute("BEGIN IMMEDIATE");
            begun = true;
            foreach (var write in writes)
            {
                Apply(_session, write);
            }

            _session.Execute("COMMIT");
            return null;
        }
        catch (Exception failure)
        {
            CloseSession();
            return failure;
        }
    }

    private static void Apply(WriteSession session, PendingWrite write)
    {
        session.Execute("SAVEPOINT item");
        session.Discarded = false;
        write.Fault = null;
        try
        {
            write.Apply(session);
        }
        catch (Exception fault)
        {
            write.Fault = fault;
            session.Discarded = true;
        }

        if (session.Discarded)
        {
            // Fails when the fault has ended the whole transaction; the batch is then tried in halves.
            session.Execute("ROLLBACK TO item");
        }

        session.Execute("RELEASE item");
    }

    private static void Complete(ArraySegment<PendingWrite> writes)
    {
        foreach (var write in writes)
        {
            write.Complete();
        }
    }

    private void Fail(ArraySegment<PendingWrite> writes, Exception failure)
    {
        LogFailed(_log, writes.Count, failure);
        foreach (var write in writes)
        {
            write.Fail(new DatabaseUnavailableException("The database could not be written.", write.Fault ?? failure));
        }
    }

    /// <summary>Closing rolls back what is not committed; the next batch opens anew.</summary>
    private void CloseSession()
    {
        var session = _session;
        _session = null;
        session?.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "A batch of {Count} writes failed.")]
    private static partial void LogFailed(ILogger log, int count, Exception failure);
}
