using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using EvCharge.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EvCharge.GatewayTests.Proxy;

/// <summary>Another charging station management system, over real WebSockets: it writes down what it is told, and answers as a test says.</summary>
internal sealed class UpstreamSystem : IAsyncDisposable
{
    private readonly int _port;
    private readonly Channel<JsonElement> _answers = Channel.CreateUnbounded<JsonElement>();
    private WebApplication? _app;
    private WebSocket? _current;
    private int _next;

    private UpstreamSystem(int port, int firstTransaction) => (_port, _next) = (port, firstTransaction);

    /// <summary>What it was told, in order: the operation and its payload.</summary>
    public ConcurrentQueue<(string Action, JsonElement Payload)> Told { get; } = new();

    /// <summary>The requests by which chargers came.</summary>
    public ConcurrentQueue<(string Path, string Authorization, string Via)> Visits { get; } = new();

    /// <summary>The payload of the answer to a call; null to have the usual one.</summary>
    public Func<string, JsonElement, string?> Answer { get; set; } = (_, _) => null;

    /// <summary>The operations that it does not answer.</summary>
    public Func<string, bool> Silent { get; set; } = _ => false;

    public string Url => $"ws://127.0.0.1:{_port}/their/ocpp";

    /// <summary>The operations that it was told, without heartbeats.</summary>
    public string[] Actions => [.. Told.Select(told => told.Action).Where(action => action != "Heartbeat")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>One that is not up yet.</summary>
    /// <param name="firstTransaction">The number of the first transaction that it starts.</param>
    public static UpstreamSystem Down(int firstTransaction = 700) => new(FreePort.Draw(), firstTransaction);

    public static async Task<UpstreamSystem> Start(int firstTransaction = 700)
    {
        var system = Down(firstTransaction);
        await system.Start();
        return system;
    }

    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/their/ocpp/{identity}", Serve);
        await _app.StartAsync(Cancelled);
    }

    public async Task Stop()
    {
        await _app!.DisposeAsync();
        _app = null;
    }

    public IEnumerable<JsonElement> Of(string action) => Told.Where(told => told.Action == action).Select(told => told.Payload);

    /// <summary>Sends a command and awaits the whole CALLRESULT or CALLERROR.</summary>
    public async Task<JsonElement> Command(string action, string payload)
    {
        await Send($"""[2,"{Guid.NewGuid()}","{action}",{payload}]""");
        return await _answers.Reader.ReadAsync(Cancelled).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
    }

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public Task Send(byte[] text) => _current!.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, Cancelled);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await Stop();
        }
    }

    private async Task Serve(HttpContext http)
    {
        Visits.Enqueue((http.Request.Path, http.Request.Headers.Authorization.ToString(), http.Request.Headers.Via.ToString()));
        using var socket = await http.WebSockets.AcceptWebSocketAsync("ocpp1.6");
        _current = socket;
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), http.RequestAborted);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                await Take(socket, JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length)));
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException or IOException)
        {
            // The connection is gone, as some tests want it.
        }
    }

    private async Task Take(WebSocket socket, JsonElement frame)
    {
        if (frame[0].GetInt32() != 2)
        {
            await _answers.Writer.WriteAsync(frame, Cancelled);
            return;
        }

        var (action, payload) = (frame[2].GetString()!, frame[3]);
        Told.Enqueue((action, payload));
        if (Silent(action))
        {
            return;
        }

        var answer = Answer(action, payload) ?? Usual(action);
        var text = answer.StartsWith('[') ? answer.Replace("ID", frame[1].GetString(), StringComparison.Ordinal) : $"""[3,"{frame[1].GetString()}",{answer}]""";
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
    }

    private string Usual(string action) => action switch
    {
        "BootNotification" => """{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":300}""",
        "StartTransaction" => $$$"""{"transactionId":{{{_next++}}},"idTagInfo":{"status":"Accepted"}}""",
        "Heartbeat" => """{"currentTime":"2026-01-01T00:00:00Z"}""",
        _ => "{}",
    };
}
