using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace EvCharge.ChargerSimulator.Wire;

/// <summary>Whole text messages over one WebSocket; sends are serialized, and the TCP connection can be reset.</summary>
internal sealed class ChargerSocket(ClientWebSocket web, HttpMessageInvoker invoker, Socket tcp) : IDisposable
{
    private const int LargestMessage = 1024 * 1024;
    private readonly SemaphoreSlim _sending = new(1);

    public async Task SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken stop)
    {
        await _sending.WaitAsync(stop);
        try
        {
            await web.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, stop);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next text message, or null when the CSMS closed the connection.</summary>
    public async Task<byte[]?> ReceiveAsync(CancellationToken stop)
    {
        var message = new ArrayBufferWriter<byte>(1024);
        while (true)
        {
            var read = await web.ReceiveAsync(message.GetMemory(1024), stop);
            if (read.MessageType == WebSocketMessageType.Close)
                return null;
            message.Advance(read.Count);
            if (read.EndOfMessage)
                return message.WrittenSpan.ToArray();
            if (message.WrittenCount > LargestMessage)
                throw new InvalidDataException($"The CSMS sent a message of more than {LargestMessage} bytes.");
        }
    }

    /// <summary>The closing handshake, bounded by <paramref name="stop"/>.</summary>
    public async Task CloseAsync(CancellationToken stop)
    {
        await _sending.WaitAsync(stop);
        try
        {
            if (web.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await web.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Ends the TCP connection without a WebSocket close: with a FIN, or with an RST as after a power cut.</summary>
    public void Cut(bool reset)
    {
        try
        {
            if (reset)
                tcp.LingerState = new LingerOption(true, 0);
            else
                tcp.Shutdown(SocketShutdown.Both);
            tcp.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The peer was faster: the connection is down, which is what was asked for.
        }
    }

    public void Dispose()
    {
        web.Dispose();
        invoker.Dispose();
        tcp.Dispose();
    }
}
