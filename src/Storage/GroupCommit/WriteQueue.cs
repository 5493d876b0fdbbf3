using System.Diagnostics;

namespace EvCharge.Storage.GroupCommit;

/// <summary>What waits for the writer, bounded in rows and bytes; a batch counts until it is settled.</summary>
internal sealed class WriteQueue(GroupCommitOptions options, WriteBudget budget)
{
    private readonly object _gate = new();
    private readonly Queue<PendingWrite> _waiting = [];
    private bool _closed;

    /// <summary>Adds work at the end, or says why it cannot.</summary>
    public string? Refuse(PendingWrite write)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return "The database writer has stopped.";
            }

            if (!budget.TryTake(write))
            {
                return "The database writer's queue is full.";
            }

            _waiting.Enqueue(write);
            Monitor.Pulse(_gate);
            return null;
        }
    }

    /// <summary>
    /// Waits for work and takes what there is, up to a batch: none when the time is up, null when the queue is closed and
    /// empty.
    /// </summary>
    public List<PendingWrite>? Take(TimeSpan longest)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return null;
                }

                if (!Monitor.Wait(_gate, longest))
                {
                    break;
                }
            }

            var batch = new List<PendingWrite>();
            for (var rows = 0; rows < options.BatchRows && _waiting.TryDequeue(out var write); rows += write.Rows)
            {
                batch.Add(write);
            }

            return batch;
        }
    }

    /// <summary>Makes room again for what a settled batch held.</summary>
    public void Settle(List<PendingWrite> batch)
    {
        foreach (var write in batch)
        {
            budget.Return(write);
        }
    }

    /// <summary>Lets time pass; what is queued meanwhile does not shorten it.</summary>
    public void Pause(TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (length - Stopwatch.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, left);
            }
        }
    }

    /// <summary>Takes nothing more; what waits is still served.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }
}
