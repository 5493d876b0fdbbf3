using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace EvCharge.GatewayTests.Api;

/// <summary>
/// A charger as far as a test needs one: it makes calls, hands every call it gets to the test, and tells how its
/// connection ended.
/// </summary>
internal sealed class WireCharger : IAsyncDisposable
{
    public const string Boot = """{"chargePointVendor":"v","chargePointModel":"m"}""";

    /// <summary>What has not come by then never comes: the test fails instead of waiting for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ClientWebSocket socket = new();
    private readonly Channel<JsonElement> calls = Channel.CreateUnbounded<JsonElement>();
    private readonly Channel<JsonElement> answers = Channel.CreateUnbounded<JsonElement>();
    private Task reading = Task.CompletedTask;
    private int lastId;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Completes when the connection has ended.</summary>
    public Task Ended => reading;

    /// <summary>What the close frame said; null without one.</summary>
    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public string? Subprotocol => socket.SubProtocol;

    /// <summary>Connects and boots.</summary>
    public static async Task<WireCharger> Connect(Uri gateway, string name, string? password = null)
    {
        var charger = await Open(gateway, $"/ocpp/{name}", password, "ocpp1.6");
        Assert.Equal("Accepted", (await charger.Call("BootNotification", Boot)).GetProperty("status").GetString());
        return charger;
    }

    /// <summary>Connects and says nothing.</summary>
    /// <exception cref="WebSocketException">The upgrade was refused.</exception>
    public static async Task<WireCharger> Open(Uri gateway, string path, string? password, params string[] subprotocols)
    {
        var charger = new WireCharger();
        foreach (var subprotocol in subprotocols)
        {
            charger.socket.Options.AddSubProtocol(subprotocol);
        }

        if (password is not null)
        {
            var credentials = Encoding.ASCII.GetBytes($"{path[(path.LastIndexOf('/') + 1)..]}:{password}");
            charger.socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String(credentials));
        }

        await charger.socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws", Path = path }.Uri, Cancelled);
        charger.reading = charger.Read();
        return charger;
    }

    /// <summary>Sends a call and awaits the payload of its CALLRESULT.</summary>
    public async Task<JsonElement> Call(string action, string payload, string? id = null)
    {
        var answer = await Exchange(action, payload, id);
        Assert.True(answer[0].GetInt32() == 3, answer.ToString());
        return answer[2];
    }

    /// <summary>Sends a call and awaits its CALLRESULT or CALLERROR; one call at a time.</summary>
    public async Task<JsonElement> Exchange(string action, string payload, string? id = null)
    {
        id ??= $"call-{++lastId}";
        await Send($"""[2,"{id}","{action}",{payload}]""");
        var answer = await NextAnswer();
        Assert.Equal(id, answer[1].GetString());
        return answer;
    }

    /// <summary>The next CALLRESULT or CALLERROR as it came.</summary>
    public async Task<JsonElement> NextAnswer() => await answers.Reader.ReadAsync(Cancelled).AsTask().WaitAsync(Patience);

    /// <summary>The next call that the system sends.</summary>
    public async Task<(string Id, string Action, JsonElement Payload)> NextCall()
    {
        var call = await calls.Reader.ReadAsync(Cancelled).AsTask().WaitAsync(Patience);
        return (call[1].GetString()!, call[2].GetString()!, call[3]);
    }

    /// <summary>True when a call waits that the test has not taken.</summary>
    public bool HasCall => calls.Reader.TryPeek(out _);

    public Task Answer(string id, string payload) => Send($"""[3,"{id}",{payload}]""");

    public Task Send(string frame) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, Cancelled);

    /// <summary>Parts with the closing handshake.</summary>
    public async Task Close()
    {
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
        await reading;
    }

    /// <summary>Ends the connection without a word, as a power cut does.</summary>
    public void Abort() => socket.Abort();

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private async Task Read()
    {
        try
        {
            while (await Receive() is { } frame)
            {
                await (frame[0].GetInt32() == 2 ? calls : answers).Writer.WriteAsync(frame, Cancelled);
            }

            if (socket.State == WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
            }
        }
        catch (Exception ended) when (ended is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection is gone; who waits for a frame is told below.
        }

        calls.Writer.TryComplete();
        answers.Writer.TryComplete();
    }

    private async Task<JsonElement?> Receive()
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), Cancelled);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return part.MessageType == WebSocketMessageType.Close
            ? null
            : JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
    }
}
