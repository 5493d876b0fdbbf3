using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EvCharge.ClusterTests.Simulator;

/// <summary>A tiny CSMS on a real socket: answers what a charger sends, keeps the frames, and does as a test bids it.</summary>
internal sealed class TestCsms : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<SeenCall> _calls = [];
    private readonly List<(Func<IReadOnlyList<SeenCall>, bool> Condition, TaskCompletionSource Met)> _waiting = [];
    private readonly ConcurrentDictionary<string, TestConnection> _connections = new();
    private int _transactions;

    private TestCsms(WebApplication app) => _app = app;

    /// <summary>Answers a call with a payload, or null for silence; what it does not know is answered as usual.</summary>
    public Func<SeenCall, CsmsAnswer?> OnCall { get; set; } = _ => CsmsAnswer.Usual;

    /// <summary>HTTP status for an upgrade, 101 lets it pass.</summary>
    public Func<HttpContext, int> OnUpgrade { get; set; } = _ => StatusCodes.Status101SwitchingProtocols;

    public Uri Url => new(_app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal) + "/ocpp");

    public int Upgrades { get; private set; }

    public static async Task<TestCsms> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var csms = new TestCsms(builder.Build());
        csms._app.UseWebSockets();
        csms._app.Run(csms.ServeAsync);
        await csms._app.StartAsync();
        return csms;
    }

    public IReadOnlyList<SeenCall> Calls(string? action = null)
    {
        lock (_calls)
            return [.. _calls.Where(call => action is null || call.Action == action)];
    }

    /// <summary>Completes as soon as the calls seen so far meet the condition.</summary>
    public Task WaitAsync(Func<IReadOnlyList<SeenCall>, bool> condition)
    {
        lock (_calls)
        {
            if (condition(_calls))
                return Task.CompletedTask;
            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, met));
            return met.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public Task WaitAsync(string action, int count = 1) =>
        WaitAsync(calls => calls.Count(call => call.Action == action) >= count);

    /// <summary>Sends a command and answers the frame that comes back.</summary>
    public Task<JsonArray> CommandAsync(string charger, string action, string payload) =>
        _connections[charger].CommandAsync(action, payload);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        Upgrades++;
        var status = OnUpgrade(context);
        if (status != StatusCodes.Status101SwitchingProtocols)
        {
            context.Response.StatusCode = status;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync("ocpp1.6");
        var charger = Uri.UnescapeDataString(context.Request.Path.Value!.Split('/')[^1]);
        await using var connection = new TestConnection(socket);
        _connections[charger] = connection;
        await connection.ReadAsync(frame => TakeAsync(charger, connection, frame));
    }

    private async Task TakeAsync(string charger, TestConnection connection, JsonArray frame)
    {
        var call = new SeenCall(charger, (string)frame[1]!, (string)frame[2]!, frame[3]!.AsObject());
        Record(call);
        var answer = OnCall(call);
        if (answer is null)
            return;
        var text = answer.Error is { } error
            ? $"[4,\"{call.MessageId}\",\"{error}\",\"\",{{}}]"
            : $"[3,\"{call.MessageId}\",{answer.Payload ?? Usual(call)}]";
        await connection.SendAsync(text);
    }

    private void Record(SeenCall call)
    {
        lock (_calls)
        {
            _calls.Add(call);
            foreach (var (_, met) in _waiting.Where(waiting => waiting.Condition(_calls)))
                met.TrySetResult();
            _waiting.RemoveAll(waiting => waiting.Met.Task.IsCompleted);
        }
    }

    private string Usual(SeenCall call) => call.Action switch
    {
        "BootNotification" => """{"status":"Accepted","currentTime":"2026-01-01T00:00:00.000Z","interval":300}""",
        "Heartbeat" => """{"currentTime":"2026-01-01T00:00:00.000Z"}""",
        "Authorize" => """{"idTagInfo":{"status":"Accepted"}}""",
        "StartTransaction" => "{\"transactionId\":" + Interlocked.Increment(ref _transactions) + ",\"idTagInfo\":{\"status\":\"Accepted\"}}",
        _ => "{}",
    };
}

internal sealed record SeenCall(string Charger, string MessageId, string Action, JsonObject Payload);

/// <param name="Payload">Null for the usual answer to that action.</param>
/// <param name="Error">Error code of a CALLERROR instead.</param>
internal sealed record CsmsAnswer(string? Payload = null, string? Error = null)
{
    public static CsmsAnswer Usual { get; } = new();
}

/// <summary>One charger's connection as the CSMS sees it.</summary>
internal sealed class TestConnection(WebSocket socket) : IAsyncDisposable
{
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonArray>> _commands = new();

    public async Task ReadAsync(Func<JsonArray, Task> onCall)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close)
                    break;
                if (TryParse(buffer.AsSpan(0, read.Count)) is not { } frame)
                    continue;
                if ((int)frame[0]! == 2)
                    await onCall(frame);
                else if (_commands.TryRemove((string)frame[1]!, out var waiting))
                    waiting.TrySetResult(frame);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The charger cut the connection, as many of these tests make it do.
        }
    }

    public async Task<JsonArray> CommandAsync(string action, string payload)
    {
        var id = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<JsonArray>(TaskCreationOptions.RunContinuationsAsynchronously);
        _commands[id] = answer;
        await SendAsync($"""[2,"{id}","{action}",{payload}]""");
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public async Task SendAsync(string text)
    {
        await _sending.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Waits for a send under way: a charger that resets can be gone before the sender has its turn back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sending.WaitAsync();
        _sending.Dispose();
    }

    private static JsonArray? TryParse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonArray { Count: >= 3 } frame && frame[1] is JsonValue ? frame : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
