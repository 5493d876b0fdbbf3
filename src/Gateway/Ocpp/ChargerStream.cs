using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// The bytes under a charger's WebSocket. The guard follows what comes in. Where the WebSocket has given up, a close frame
/// can still be sent here and the rest of what the peer sends be read to nowhere: to close a TCP connection over unread
/// bytes resets it (RFC 1122 §4.2.2.13), and the reset takes the close frame with it.
/// </summary>
internal sealed class ChargerStream(Stream inner, FrameGuard guard, TimeProvider time) : Stream
{
    /// <summary>What is read between two pauses of a connection that is only heard out, in bytes.</summary>
    private const int Sip = 65_536;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private const byte FinalClose = 0x88;
    private const byte OpcodeBits = 0x0F;
    private static readonly byte[] _ping = [0x89, 0];

    /// <summary>The last ping, which a frame may have to wait for: pings are written beside the WebSocket.</summary>
    private Task _pinging = Task.CompletedTask;
    private bool _writing;
    private bool _closed;

    /// <summary>At how many received bytes the next pause is due.</summary>
    private long _pauseAt = long.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes that came in so far.</summary>
    public long Received { get; private set; }

    /// <summary>Why a frame was refused, unseen by the WebSocket; null as long as none was.</summary>
    public SocketEnd? Refusal => guard.Refusal;

    /// <summary>Sends a close frame past the WebSocket (RFC 6455 §5.5.1); nothing else may be sent from then on.</summary>
    public async Task SendClose(SocketEnd end, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(end.Text);
        var status = (int)end.Status;
        byte[] frame = [FinalClose, (byte)(2 + text.Length), (byte)(status >> 8), (byte)status, .. text];
        await WriteAsync(frame, cancellationToken);
        await inner.FlushAsync(cancellationToken);
    }

    /// <summary>
    /// Sends a ping (RFC 6455 §5.5.2), which the WebSocket knows nothing of; it reads over the pong. Not after a close frame,
    /// and not while a frame is being written: a peer that takes none is found by that.
    /// </summary>
    public Task Ping()
    {
        // The guard is nobody else's: a lock of its own would be held in memory for each charger.
        lock (guard)
        {
            if (!_writing && !_closed && _pinging.IsCompleted)
            {
                _pinging = inner.WriteAsync(_ping).AsTask();
            }

            return _pinging;
        }
    }

    /// <summary>Reads to nowhere until the peer has closed its side.</summary>
    public async Task Drain(CancellationToken cancellationToken)
    {
        var scrap = ArrayPool<byte>.Shared.Rent(4_096);
        try
        {
            while (await inner.ReadAsync(scrap, cancellationToken) is > 0 and var read)
            {
                // What comes now belongs to a message that was refused.
                Received += read;
                await Breathe(cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scrap);
        }
    }

    /// <summary>
    /// Nothing that comes now is served: it is read with pauses, at 3 MiB/s. A flood that was cut would otherwise go on as
    /// fast as it can be thrown away.
    /// </summary>
    public void SlowDown() => _pauseAt = Received + Sip;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Received < _pauseAt ? ReadNow(buffer, cancellationToken) : ReadAfterPause(buffer, cancellationToken);

    private async ValueTask<int> ReadAfterPause(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await Breathe(cancellationToken);
        return await ReadNow(buffer, cancellationToken);
    }

    private async ValueTask Breathe(CancellationToken cancellationToken)
    {
        if (Received >= _pauseAt)
        {
            await Task.Delay(Pause, time, cancellationToken);
            SlowDown();
        }
    }

    // Each charger waits here all the time: the state of the wait is taken from a pool.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadNow(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Received += read;
        guard.Follow(buffer.Span[..read]);
        return guard.Refusal is { } refusal ? throw new FrameRefusedException(refusal) : read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <param name="buffer">A whole frame.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Task pinging;
        lock (guard)
        {
            _writing = true;
            _closed |= buffer.Length > 0 && (buffer.Span[0] & OpcodeBits) == (FinalClose & OpcodeBits);
            pinging = _pinging;
        }

        try
        {
            if (!pinging.IsCompletedSuccessfully)
            {
                await pinging.WaitAsync(cancellationToken);
            }

            await inner.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            lock (guard)
            {
                _writing = false;
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>A frame that the guard does not let through.</summary>
internal sealed class FrameRefusedException(SocketEnd refusal) : IOException(refusal.Text);
