using System.Buffers;
using System.Net.WebSockets;

namespace EvCharge.Gateway.Ocpp;

/// <summary>Puts the fragments of WebSocket messages together, within limits of size, count and time.</summary>
internal sealed class MessageReader(WebSocket socket, ChargerStream wire, OcppGatewayOptions options, TimeProvider time) : IDisposable
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.MessageSeconds);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4_096);

    /// <summary>A read that took too long. To cancel it would tear the connection down before it is told why.</summary>
    private Task _overdue = Task.CompletedTask;

    /// <summary>The next text message in an array of its own, or the reason why there is none.</summary>
    public async ValueTask<(byte[]? Message, SocketEnd? End)> Next(CancellationToken stop)
    {
        // Waiting for a first byte costs no buffer and has no limit; the pings watch over it.
        var result = await socket.ReceiveAsync(Memory<byte>.Empty, stop);
        var begun = time.GetTimestamp();
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
                return (_buffer.AsSpan(0, length).ToArray(), null);
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
        try
        {
            await _overdue;
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

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private async Task<ValueWebSocketReceiveResult?> InTime(Task<ValueWebSocketReceiveResult> receiving, long begun)
    {
        var left = _patience - time.GetElapsedTime(begun);
        try
        {
            return await receiving.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        }
        catch (TimeoutException)
        {
            _overdue = receiving;
            return null;
        }
    }

    private void Grow(int length)
    {
        if (length < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
