using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EvCharge.Storage.GroupCommit;

/// <summary>
/// A writer of a process on a database. Everything that waits for it is committed in one transaction by one thread, so that
/// the cost of a durable commit is shared; a task completes after its commit. The thread is its own, since a thread of the
/// pool or of an Orleans scheduler must not block on a disk or a server. A database that is away for a moment is waited for.
/// </summary>
public sealed partial class GroupCommitWriter : IAsyncDisposable
{
    /// <summary>
    /// How often a batch is tried again because another writer was in its way. The first repeat is alone among writers, so
    /// more are needed only for what others do in the database.
    /// </summary>
    private const int MaxRepeats = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly string _name;
    private readonly WriteQueue _queue;
    private readonly BatchTransaction _transaction;
    private readonly TimeSpan _patience;
    private readonly ILogger _log;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _unreachable;

    /// <param name="name">Name of the thread and in measurements.</param>
    /// <param name="open">Opens a connection that nobody else uses.</param>
    /// <param name="budget">Shared with other writers; null for what the options say, alone.</param>
    public GroupCommitWriter(
        string name, Func<DbConnection> open, CommitDialect dialect, GroupCommitOptions options, ILogger log, WriteBudget? budget = null)
    {
        _name = name;
        _queue = new WriteQueue(options, budget ?? new WriteBudget(options.QueueRows, options.QueueBytes));
        _transaction = new BatchTransaction(open, dialect);
        _patience = options.Patience;
        _log = log;
        new Thread(Run) { Name = name, IsBackground = true }.Start();
    }

    /// <summary>Whether the last attempt did not reach the database. Found out again every two seconds, also without writes.</summary>
    public bool Unreachable => _unreachable;

    /// <summary>
    /// Queues work and completes when it is on disk. The work runs on the writer's thread; what it throws fails its own task
    /// alone. It may run again when its batch failed, even after a commit whose answer was lost, so it must decide from the
    /// database.
    /// </summary>
    /// <param name="rows">About how many rows it writes.</param>
    /// <param name="bytes">About how much memory it holds while it waits.</param>
    /// <exception cref="DatabaseUnavailableException">The queue is full, the writer has stopped or the database cannot be written.</exception>
    public Task<T> Write<T>(Func<WriteSession, T> work, int rows = 1, int bytes = 256)
    {
        var write = new PendingWrite<T>(work, rows, bytes);
        return Activity.Current is not null && CommitInstruments.Spans.HasListeners() ? Traced(write) : Queue(write);
    }

    private Task<T> Queue<T>(PendingWrite<T> write)
    {
        if (_queue.Refuse(write) is { } reason)
        {
            CommitInstruments.Refused(_name);
            return Task.FromException<T>(new DatabaseUnavailableException(reason));
        }

        CommitInstruments.Queued(_name);
        return write.Done;
    }

    private async Task<T> Traced<T>(PendingWrite<T> write)
    {
        using var span = CommitInstruments.Spans.StartActivity($"commit {_name}", ActivityKind.Client);
        try
        {
            return await Queue(write);
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
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
        while (_queue.Take(_unreachable ? LongestPause : Timeout.InfiniteTimeSpan) is { } batch)
        {
            // Without writes this commits nothing, which tells whether the database is back.
            Settle(batch);
            _queue.Settle(batch);
        }

        _transaction.Dispose();
        _ended.SetResult();
    }

    private void Settle(List<PendingWrite> batch)
    {
        var failuresInARow = 0;
        var halves = new Stack<ArraySegment<PendingWrite>>([batch.ToArray()]);
        while (halves.TryPop(out var writes))
        {
            var failure = Commit(ref writes);
            if (failure is null)
            {
                failuresInARow = 0;
                Complete(writes);
            }
            else if (failure.Begun && writes.Count > 1 && failuresInARow < 2)
            {
                halves.Push(writes[(writes.Count / 2)..]);
                halves.Push(writes[..(writes.Count / 2)]);
            }
            else
            {
                // Two single writes that fail one after the other, or a transaction that cannot even begin, mean that the
                // database is at fault and no write: halving a batch of thousands against a full disk would take minutes.
                failuresInARow++;
                Fail(writes, failure.Cause);
                while (!failure.Begun && halves.TryPop(out var rest))
                {
                    Fail(rest, failure.Cause);
                }
            }
        }
    }

    /// <summary>Commits the writes, again and again while that may help; those whose patience ends meanwhile fail and are left out.</summary>
    private BatchFailure? Commit(ref ArraySegment<PendingWrite> writes)
    {
        var pause = FirstPause;
        var repeats = 0;
        while (true)
        {
            var failure = _transaction.Commit(writes, alone: repeats > 0);
            NoteReachable(failure);
            if (failure is { Kind: FailureKind.Unreachable })
            {
                writes = FailExpired(writes, failure.Cause);
                if (writes.Count == 0)
                {
                    return null;
                }

                _queue.Pause(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            else if (failure is not { Kind: FailureKind.Contention } || ++repeats > MaxRepeats)
            {
                return failure;
            }
        }
    }

    private void NoteReachable(BatchFailure? failure)
    {
        var unreachable = failure?.Kind == FailureKind.Unreachable;
        if (unreachable && !_unreachable)
        {
            LogUnreachable(_log, _patience, failure!.Cause);
            CommitInstruments.Reached(_name, false);
        }
        else if (!unreachable && _unreachable)
        {
            LogReachable(_log);
            CommitInstruments.Reached(_name, true);
        }

        _unreachable = unreachable;
    }

    private ArraySegment<PendingWrite> FailExpired(ArraySegment<PendingWrite> writes, Exception failure)
    {
        // In the order of arrival, so the oldest come first.
        var expired = writes.TakeWhile(write => write.Waited >= _patience).Count();
        if (expired > 0)
        {
            Fail(writes[..expired], failure);
        }

        return writes[expired..];
    }

    private void Complete(ArraySegment<PendingWrite> writes)
    {
        if (writes.Count == 0)
        {
            return;
        }

        CommitInstruments.Committed(_name, writes);
        foreach (var write in writes)
        {
            write.Complete();
        }
    }

    private void Fail(ArraySegment<PendingWrite> writes, Exception failure)
    {
        LogFailed(_log, writes.Count, failure);
        CommitInstruments.Failed(_name, writes.Count);
        var reason = _unreachable ? "The database cannot be reached." : "The database could not be written.";
        foreach (var write in writes)
        {
            write.Fail(new DatabaseUnavailableException(reason, write.Fault ?? failure));
        }
    }

    [LoggerMessage(LogLevel.Error, "A batch of {Count} writes failed.")]
    private static partial void LogFailed(ILogger log, int count, Exception failure);

    [LoggerMessage(LogLevel.Warning, "The database cannot be reached; writes wait for it up to {Patience}.")]
    private static partial void LogUnreachable(ILogger log, TimeSpan patience, Exception failure);

    [LoggerMessage(LogLevel.Information, "The database is reached again.")]
    private static partial void LogReachable(ILogger log);
}
