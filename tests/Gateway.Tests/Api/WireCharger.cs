using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace EvCharge.GatewayTests.Api;

/// <summary>A charger as far as a call needs one: it boots, and hands every call it gets to the test.</summary>
internal sealed class WireCharger : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly Channel<JsonElement> calls = Channel.CreateUnbounded<JsonElement>();
    private Task reading = Task.CompletedTask;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<WireCharger> Connect(Uri gateway, string name)
    {
        var charger = new WireCharger();
        charger.socket.Options.AddSubProtocol("ocpp1.6");
        await charger.socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws", Path = $"/ocpp/{name}" }.Uri, Cancelled);
        await charger.Send("""[2,"boot","BootNotification",{"chargePointVendor":"v","chargePointModel":"m"}]""");
        Assert.Equal(3, (await charger.Receive())[0].GetInt32());
        charger.reading = charger.ReadCalls();
        return charger;
    }

    /// <summary>The next call that the system sends.</summary>
    public async Task<(string Id, string Action, JsonElement Payload)> NextCall()
    {
        var call = await calls.Reader.ReadAsync(Cancelled);
        return (call[1].GetString()!, call[2].GetString()!, call[3]);
    }

    public Task Answer(string id, string payload) => Send($"""[3,"{id}",{payload}]""");

    public Task Send(string frame) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, Cancelled);

    /// <summary>Ends the connection without a word, as a power cut does.</summary>
    public void Abort() => socket.Abort();

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private async Task ReadCalls()
    {
        try
        {
            while (true)
            {
                var frame = await Receive();
                if (frame[0].GetInt32() == 2)
                {
                    await calls.Writer.WriteAsync(frame, Cancelled);
                }
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException)
        {
            calls.Writer.Complete();
        }
    }

    private async Task<JsonElement> Receive()
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
        return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
    }
}
