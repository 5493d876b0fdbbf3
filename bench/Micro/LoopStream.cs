using System.Threading.Tasks.Sources;

namespace EvCharge.Micro;

/// <summary>
/// The network under a charger's WebSocket: hands out the same frame again as soon as the one before was answered. Allocates
/// nothing itself, as Kestrel's pipes do not.
/// </summary>
internal sealed class LoopStream(byte[] frame) : Stream, IValueTaskSource<int>
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<int> _reading = new() { RunContinuationsAsynchronously = true };
    private Memory<byte> _into;
    private bool _waiting;
    private bool _over;
    private int _ready;
    private TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;
    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Lets so many frames through, one after another.</summary>
    public Task Pass(int frames)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _left = frames;
        Next();
        return _done.Task;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return new ValueTask<int>(0);
        }

        lock (_gate)
        {
            if (_over)
            {
                return new ValueTask<int>(0);
            }

            if (_read > 0 || _ready > 0)
            {
                return new ValueTask<int>(Take(buffer));
            }

            _reading.Reset();
            _into = buffer;
            _waiting = true;
            return new ValueTask<int>(this, _reading.Version);
        }
    }

    /// <summary>The connection ends.</summary>
    public void End()
    {
        lock (_gate)
        {
            _over = true;
            if (_waiting)
            {
                _waiting = false;
                _reading.SetResult(0);
            }
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (--_left == 0)
        {
            _done.SetResult();
        }
        else
        {
            Next();
        }

        return default;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _reading.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _reading.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _reading.OnCompleted(continuation, state, token, flags);

    private void Next()
    {
        lock (_gate)
        {
            _ready++;
            if (_waiting)
            {
                _waiting = false;
                _reading.SetResult(Take(_into));
            }
        }
    }

    /// <summary>The next bytes of the frame; a new one only when one is ready.</summary>
    private int Take(Memory<byte> buffer)
    {
        if (_read == 0)
        {
            _ready--;
        }

        var length = Math.Min(buffer.Length, frame.Length - _read);
        frame.AsMemory(_read, length).CopyTo(buffer);
        _read = (_read + length) % frame.Length;
        return length;
    }
}
