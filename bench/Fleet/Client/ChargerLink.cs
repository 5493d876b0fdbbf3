using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EvCharge.Fleet.Client;

/// <summary>
/// The WebSocket of one charger, as cheap as it can be made: a plain socket, two small buffers, no timer, and no reader of its
/// own. Pings are answered while something is waited for.
/// </summary>
internal sealed class ChargerLink : IDisposable
{
    private const byte Ping = 0x89;
    private const byte Pong = 0x8A;
    private const byte Closed = 0x88;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly FrameBuffer _pong = new();
    private byte[] _received = new byte[512];
    private int _from;
    private int _to;

    public FrameBuffer Out { get; } = new();

    /// <summary>Connects and upgrades.</summary>
    /// <param name="path">Of the request, <c>/ocpp/CP1</c>.</param>
    /// <param name="headers">More of them, each line with its end.</param>
    /// <exception cref="IOException">It was refused or broken.</exception>
    public static async Task<ChargerLink> Connect(IPEndPoint server, string path, string headers = "")
    {
        var link = new ChargerLink();
        try
        {
            await link._socket.ConnectAsync(server);
            await link._socket.SendAsync(Encoding.ASCII.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + $"Sec-WebSocket-Key: RXZDaGFyZ2UgRmxlZXQgMQ==\r\nSec-WebSocket-Protocol: ocpp1.6\r\n{headers}\r\n"));
            await link.Upgraded();
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    public ValueTask<int> Send(ReadOnlyMemory<byte> frame) => _socket.SendAsync(frame);

    /// <summary>Sends a CALL and waits for its answer, which is valid until the next one.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Call(ReadOnlyMemory<byte> frame)
    {
        await _socket.SendAsync(frame);
        return await Answer();
    }

    /// <summary>The next message that is no call of the server.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Answer()
    {
        while (true)
        {
            var message = await Next();
            if (!message.Span.StartsWith("[2,"u8))
            {
                return message;
            }

            await Refuse(message);
        }
    }

    /// <summary>The next message, or an empty one after a ping.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextOrPing()
    {
        var (opcode, payload) = await Frame();
        return opcode == Ping ? default : payload;
    }

    /// <summary>Answers a call of the server: this charger can do nothing.</summary>
    public async ValueTask Refuse(ReadOnlyMemory<byte> call)
    {
        var id = Encoding.UTF8.GetString(call.Span).Split('"')[1];
        await _socket.SendAsync(_pong.Of(0x81, Encoding.UTF8.GetBytes($"[4,\"{id}\",\"NotImplemented\",\"\",{{}}]")));
    }

    /// <summary>Breaks the connection without a word, as a cut cable does once somebody notices.</summary>
    public void Break()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<ReadOnlyMemory<byte>> Next()
    {
        while (true)
        {
            var (opcode, payload) = await Frame();
            if (opcode != Ping)
            {
                return payload;
            }
        }
    }

    private async ValueTask<(byte Opcode, ReadOnlyMemory<byte> Payload)> Frame()
    {
        await Have(2);
        var header = 2;
        int length = _received[_from + 1];
        if (length == 126)
        {
            await Have(4);
            header = 4;
            length = (_received[_from + 2] << 8) | _received[_from + 3];
        }

        await Have(header + length);
        var opcode = _received[_from];
        var payload = _received.AsMemory(_from + header, length);
        _from += header + length;
        if (opcode == Closed)
        {
            throw new IOException($"Closed by the server: {Encoding.UTF8.GetString(payload.Span[Math.Min(2, length)..])}");
        }

        if (opcode == Ping)
        {
            await _socket.SendAsync(_pong.Of(Pong, payload.Span));
        }

        return (opcode, payload);
    }

    private async ValueTask Have(int count)
    {
        if (_from == _to)
        {
            _from = _to = 0;
        }

        if (_from + count > _received.Length)
        {
            var room = _received.Length < count ? new byte[count * 2] : _received;
            _received.AsSpan(_from, _to - _from).CopyTo(room);
            (_received, _from, _to) = (room, 0, _to - _from);
        }

        while (_to - _from < count)
        {
            var read = await _socket.ReceiveAsync(_received.AsMemory(_to));
            _to += read > 0 ? read : throw new IOException("The server closed the connection.");
        }
    }

    private async Task Upgraded()
    {
        int end;
        while ((end = _received.AsSpan(_from, _to - _from).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await Have(_to - _from + 1);
        }

        var status = Encoding.ASCII.GetString(_received, _from, Math.Min(end, 30)).Split('\r')[0];
        _from += end + 4;
        if (!status.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new IOException($"Refused: {status}");
        }
    }
}
