using System.Buffers.Binary;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>A client that puts any bytes on the wire, good frames and bad ones, and reads what comes back.</summary>
internal sealed class RawClient : IDisposable
{
    public const byte FinalText = 0x81;
    public const byte OpenText = 0x01;
    public const byte FinalContinuation = 0x80;
    public const byte OpenContinuation = 0x00;

    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly NetworkStream _stream;

    private RawClient(Uri gateway)
    {
        _tcp.Connect(gateway.Host, gateway.Port);
        _stream = _tcp.GetStream();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static RawClient Connect(Uri gateway) => new(gateway);

    /// <summary>Connects as that charger.</summary>
    public static async Task<RawClient> Open(Uri gateway, string name)
    {
        var client = new RawClient(gateway);
        Assert.StartsWith("HTTP/1.1 101 ", await client.Upgrade($"/ocpp/{name}"), StringComparison.Ordinal);
        return client;
    }

    /// <summary>The request of an upgrade to OCPP 1.6, all lines but the last, empty one.</summary>
    public static string Request(string target) =>
        $"GET {target} HTTP/1.1\r\nHost: gateway\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ocpp1.6\r\n";

    /// <summary>Asks for the upgrade and gives back the status line and the headers of the answer.</summary>
    public Task<string> Upgrade(string target, string moreHeaders = "") => Ask(Request(target) + moreHeaders + "\r\n");

    /// <summary>Sends a request as it is and gives back the status line and the headers of the answer.</summary>
    public async Task<string> Ask(string request)
    {
        await Send(Encoding.Latin1.GetBytes(request));
        return await HeadOfAnswer();
    }

    /// <summary>The answer to a request that was sent: status line and headers.</summary>
    public async Task<string> HeadOfAnswer()
    {
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await ReadByte() is { } next)
        {
            answer.Append((char)next);
        }

        return answer.ToString();
    }

    /// <summary>A frame with this first byte (FIN, RSV and opcode, RFC 6455 §5.2).</summary>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload, bool masked = true)
    {
        // A mask of zeros leaves the payload as it is.
        return [.. Header(first, (ulong)payload.Length, masked), .. payload];
    }

    public static byte[] Frame(byte first, string payload) => Frame(first, Encoding.UTF8.GetBytes(payload));

    public static byte[] Header(byte first, ulong length, bool masked = true)
    {
        var mask = masked ? 0x80 : 0;
        byte[] zeros = masked ? [0, 0, 0, 0] : [];
        var extended = new byte[8];
        switch (length)
        {
            case <= 125:
                return [first, (byte)(mask | (int)length), .. zeros];
            case <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16BigEndian(extended, (ushort)length);
                return [first, (byte)(mask | 126), .. extended[..2], .. zeros];
            default:
                BinaryPrimitives.WriteUInt64BigEndian(extended, length);
                return [first, (byte)(mask | 127), .. extended, .. zeros];
        }
    }

    public async Task Send(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, Cancelled);

    public Task SendText(string message) => Send(Frame(FinalText, message));

    /// <summary>Sends as much of it as the server takes; false when it hung up before the end.</summary>
    public async Task<bool> SendWhileTaken(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await Send(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Sends a CALL and awaits the answer as it came.</summary>
    public async Task<JsonElement> Exchange(string id, string action, string payload)
    {
        await SendText($"""[2,"{id}","{action}",{payload}]""");
        return await NextMessage();
    }

    /// <summary>The next text message; pings are answered on the way.</summary>
    public async Task<JsonElement> NextMessage()
    {
        while (await ReadFrame() is { } frame)
        {
            switch (frame.Opcode)
            {
                case 1:
                    return JsonSerializer.Deserialize<JsonElement>(frame.Payload);
                case 9:
                    await Send(Frame(0x8A, frame.Payload));
                    break;
                case 8:
                    Assert.Fail($"closed with {StatusOf(frame.Payload)}");
                    break;
            }
        }

        throw new IOException("The connection ended before a message came.");
    }

    /// <summary>Reads on until the server closes: the status of its close frame, or null when it hung up without one.</summary>
    public async Task<WebSocketCloseStatus?> Closed()
    {
        while (await ReadFrame() is { } frame)
        {
            if (frame.Opcode == 8)
            {
                return StatusOf(frame.Payload);
            }
        }

        return null;
    }

    /// <summary>Reads on until the TCP connection ends.</summary>
    public async Task HungUp()
    {
        while (await ReadByte() is not null)
        {
            // Whatever it is, it is not the end.
        }
    }

    /// <summary>Ends the connection with a TCP reset.</summary>
    public void Reset()
    {
        _tcp.LingerState = new LingerOption(true, 0);
        _tcp.Close();
    }

    public void Dispose() => _tcp.Dispose();

    private static WebSocketCloseStatus StatusOf(byte[] payload) => payload.Length < 2
        ? WebSocketCloseStatus.Empty
        : (WebSocketCloseStatus)BinaryPrimitives.ReadUInt16BigEndian(payload);

    private async Task<(int Opcode, byte[] Payload)?> ReadFrame()
    {
        if (await ReadByte() is not { } first || await ReadByte() is not { } second)
        {
            return null;
        }

        var extended = new byte[second switch { 126 => 2, 127 => 8, _ => 0 }];
        await _stream.ReadExactlyAsync(extended, Cancelled);
        var length = second switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(extended),
            127 => (long)BinaryPrimitives.ReadUInt64BigEndian(extended),
            _ => second,
        };
        var payload = new byte[length];
        await _stream.ReadExactlyAsync(payload, Cancelled);
        return (first & 0x0F, payload);
    }

    /// <summary>Null at the end of the connection, in whatever way it ended.</summary>
    private async Task<byte?> ReadByte()
    {
        var one = new byte[1];
        try
        {
            return await _stream.ReadAsync(one, Cancelled) == 1 ? one[0] : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
