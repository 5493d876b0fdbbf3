using System.Buffers;
using System.Net.WebSockets;

namespace EvCharge.Gateway.Ocpp;

/// <summary>Puts the fragments of WebSocket messages together, within limits of size, count and time.</summary>
internal sealed class MessageReader(WebSocket socket, OcppGatewayOptions options, TimeProvider time) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4_096);

    /// <summary>The next text message in an array of its own, or the reason why there is none.</summary>
    public async ValueTask<(byte[]? Message, SocketEnd? End)> Next(CancellationToken stop)
    {
        // Waiting for a first byte costs no buffer and has no limit; the pings watch over it.
        var result = await socket.ReceiveAsync(Memory<byte>.Empty, stop);
        var length = 0;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), patience,
            TimeSpan.FromSeconds(options.MessageSeconds), Timeout.InfiniteTimeSpan);
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

            if (result.EndOfMessage)
            {
                return (_buffer.AsSpan(0, length).ToArray(), null);
            }

            if (length >= options.MaxMessageBytes || fragment > options.MaxFragments)
            {
                return (null, SocketEnd.TooBig);
            }

            Grow(length);
            try
            {
                result = await socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return (null, SocketEnd.TooSlow);
            }

            length += result.Count;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

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
