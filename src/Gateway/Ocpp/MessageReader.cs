using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Puts the fragments of WebSocket messages together, within limits of size, count and time. A long message over a poor line
/// may take long; one that comes byte by byte may not.
/// </summary>
internal sealed class MessageReader(WebSocket socket, ChargerStream wire, OcppGatewayOptions options, TimeProvider time) : IDisposable
{
    private const int Least = 4_096;
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.MessageSeconds);

    /// <summary>Only while a message is read: most connections wait most of the time.</summary>
    private byte[] _buffer = [];

    /// <summary>A read that took too long. To cancel it would tear the connection down before it is told why.</summary>
    private Task _overdue = Task.CompletedTask;

    /// <summary>The next text message in an array of its own, or the reason why there is none.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(byte[]? Message, SocketEnd? End)> Next(CancellationToken stop)
    {
        // Waiting for a first byte costs no buffer and has no limit; the pings watch over it.
        var result = await socket.ReceiveAsync(Memory<byte>.Empty, stop);
        var begun = new Begun(time.GetTimestamp(), wire.Received);
        var length = 0;
        for (var fragment = 0; ; fragment++)
        {
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return (null, SocketEnd.ClosedByPeer);
            }

            if (result.MessageType == WebSocketMessageType.Binary)
            {
                return (null, SocketEnd.NotText);
            }

            if (length > options.MaxMessageBytes || fragment > options.MaxFragments)
            {
                return (null, SocketEnd.TooBig);
            }

            if (result.EndOfMessage)
            {
                return (Taken(length), null);
            }

            Grow(length);
            var receiving = socket.ReceiveAsync(_buffer.AsMemory(length), stop);
            if (receiving.IsCompleted)
            {
                result = await receiving;
            }
            else if (await InTime(receiving.AsTask(), begun) is { } received)
            {
                result = received;
            }
            else
            {
                return (null, SocketEnd.TooSlow);
            }

            length += result.Count;
        }
    }

    /// <summary>Reads to nowhere, once nothing more will be served, until the peer has closed its side.</summary>
    public async Task HearOut(CancellationToken stop)
    {
        wire.SlowDown();
        try
        {
            await _overdue;
            Grow(0);
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                await socket.ReceiveAsync(_buffer.AsMemory(), stop);
            }
        }
        catch (WebSocketException)
        {
            // Frames that make no sense: what is left of them has no frames.
        }

        if (socket.State == WebSocketState.Aborted)
        {
            await wire.Drain(stop);
        }
    }

    public void Dispose() => Put([]);

    /// <summary>The message that was read, in an array of its own.</summary>
    private byte[] Taken(int length)
    {
        var message = _buffer.AsSpan(0, length).ToArray();
        Put([]);
        return message;
    }

    private async Task<ValueWebSocketReceiveResult?> InTime(Task<ValueWebSocketReceiveResult> receiving, Begun begun)
    {
        while (Left(begun) is { Ticks: > 0 } left)
        {
            try
            {
                return await receiving.WaitAsync(left, time);
            }
            catch (TimeoutException)
            {
                // What came meanwhile may have earned it more.
            }
        }

        _overdue = receiving;
        return null;
    }

    private TimeSpan Left(Begun begun)
    {
        var received = Math.Min(wire.Received - begun.Received, options.MaxMessageBytes);
        return _patience + TimeSpan.FromSeconds((double)received / options.MessageBytesPerSecond) - time.GetElapsedTime(begun.At);
    }

    private void Grow(int length)
    {
        if (length < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Least, _buffer.Length * 2));
        _buffer.AsSpan(0, length).CopyTo(larger);
        Put(larger);
    }

    /// <summary>Takes another buffer in place of the one it has.</summary>
    private void Put(byte[] buffer)
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = buffer;
    }

    /// <summary>When a message began, and how many bytes had come until then.</summary>
    private readonly record struct Begun(long At, long Received);
}
