using System.Diagnostics;

namespace EvCharge.Storage.GroupCommit;

/// <summary>Work that waits for the writer. It may be applied more than once, since a failed batch is tried again.</summary>
internal abstract class PendingWrite(int rows, int bytes)
{
    private readonly long _queued = Stopwatch.GetTimestamp();

    public int Rows { get; } = rows;

    public int Bytes { get; } = bytes;

    /// <summary>What the work itself threw; it fails alone and the rest of the batch goes on.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Since it was queued.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(_queued);

    public abstract void Apply(WriteSession session);

    public abstract void Complete();

    public abstract void Fail(Exception failure);
}

/// <inheritdoc/>
internal sealed class PendingWrite<T>(Func<WriteSession, T> work, int rows, int bytes) : PendingWrite(rows, bytes)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Done => _done.Task;

    public override void Apply(WriteSession session) => _result = work(session);

    public override void Complete()
    {
        if (Fault is null)
        {
            _done.SetResult(_result);
        }
        else
        {
            _done.SetException(Fault);
        }
    }

    public override void Fail(Exception failure) => _done.SetException(failure);
}
