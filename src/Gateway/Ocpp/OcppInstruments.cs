using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;
using EvCharge.Ocpp;

namespace EvCharge.Gateway.Ocpp;

/// <summary>Measurements of the chargers' connections, and the spans of what they send. What chargers invent is no label.</summary>
internal sealed class OcppInstruments
{
    private const string Name = "evcharge.ocpp";
    private const string OtherAction = "other";

    private static readonly ActivitySource Spans = new(Name);

    private readonly TimeProvider _time;
    private readonly Counter<long> _received;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _answers;

    public OcppInstruments(IMeterFactory meters, SocketRegistry sockets, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Name);
        meter.CreateObservableUpDownCounter("evcharge.ocpp.connections", () => sockets.Count, "{connection}", "Chargers that are connected to this gateway.");
        _received = meter.CreateCounter<long>("evcharge.ocpp.frames.received", "{frame}", "Frames from chargers: call, result or error.");
        _sent = meter.CreateCounter<long>("evcharge.ocpp.frames.sent", "{frame}", "Frames to chargers: call, result or error.");
        _unreadable = meter.CreateCounter<long>("evcharge.ocpp.frames.unreadable", "{frame}", "Messages from chargers that are no OCPP-J frame.");
        _ended = meter.CreateCounter<long>("evcharge.ocpp.connections.ended", "{connection}", "Connections that ended, by the status of WebSocket and why.");
        _refused = meter.CreateCounter<long>("evcharge.ocpp.connections.refused", "{request}", "Requests for a connection that were refused, by the status of HTTP.");
        _answers = meter.CreateHistogram(
            "evcharge.ocpp.answer.duration", "s", "Time from a charger's call until its answer was handed to the socket, or it was left unanswered.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
    }

    /// <summary>The span of a call, the first of its trace. Null when nobody listens.</summary>
    public static Activity? Receiving(ChargerId charger, string version, OcppFrame call) => Spans.HasListeners()
        ? Spans.StartActivity($"receive {Known(version, call.Action)}", ActivityKind.Server, default(ActivityContext), [
            new("evcharge.tenant", charger.Tenant.Value),
            new("evcharge.charger", charger.Name),
            new("ocpp.version", version),
            new("ocpp.message.id", call.MessageId),
        ])
        : null;

    public void Received(FrameKind kind) => _received.Add(1, Kind(kind));

    public void Sent(FrameKind kind) => _sent.Add(1, Kind(kind));

    public void Unreadable() => _unreadable.Add(1);

    public void Ended(SocketEnd end) => _ended.Add(
        1,
        new("status", end.Status == WebSocketCloseStatus.Empty ? 0 : (int)end.Status),
        new KeyValuePair<string, object?>("reason", end.Text.Length == 0 ? "closed by the charger" : end.Text));

    public void Refused(int status) => _refused.Add(1, new KeyValuePair<string, object?>("status", status));

    /// <param name="outcome">answered, error, unanswered.</param>
    public void Answered(string version, OcppFrame call, string outcome) => _answers.Record(
        Math.Max(0, (_time.GetUtcNow() - call.ReceivedAt).TotalSeconds), // a clock that was set back has measured nothing
        new("action", Known(version, call.Action)), new KeyValuePair<string, object?>("outcome", outcome));

    private static string Known(string version, string action) => ActionTable.For(version).Find(action) is null ? OtherAction : action;

    private static KeyValuePair<string, object?> Kind(FrameKind kind) => new("kind", kind switch
    {
        FrameKind.Call => "call",
        FrameKind.CallResult => "result",
        _ => "error",
    });
}
