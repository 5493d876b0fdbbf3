using System.Diagnostics;
using System.Net.WebSockets;
using System.Threading.Channels;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Frames;
using EvCharge.Ocpp;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// One charger's WebSocket. Three loops share it: the reader, which never waits for a grain and so always has a read
/// pending; one worker, which has the charger's CALLs answered in order; one sender. What ends one ends all.
/// </summary>
internal sealed partial class ChargerSocket : IDisposable
{
    /// <summary>Between two calls of a charger that sends more than is answered: it has no right to a processor of its own.</summary>
    private static readonly TimeSpan OverloadPause = TimeSpan.FromMilliseconds(5);

    private readonly WebSocket _socket;
    private readonly ChargerStream _wire;
    private readonly IChargerGrain _grain;
    private readonly IGatewayObserver _observer;
    private readonly ConnectionLog _log;
    private readonly UnpingedChargers _unpinged;
    private readonly OcppInstruments _instruments;
    private readonly OcppGatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<ReceivedCall> _calls;
    private readonly Channel<byte[]> _sends;
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _lastAnswer = Task.CompletedTask;
    private SocketEnd? _end;
    private long? _overloadedSince;

    public ChargerSocket(
        WebSocket socket, ChargerStream wire, ConnectionInfo connection, IChargerGrain grain, IGatewayObserver observer,
        ConnectionLog log, UnpingedChargers unpinged, OcppInstruments instruments, OcppGatewayOptions options, TimeProvider time, ILogger logger,
        CancellationToken processEnds)
    {
        _socket = socket;
        _wire = wire;
        Connection = connection;
        _grain = grain;
        _observer = observer;
        _log = log;
        _unpinged = unpinged;
        _instruments = instruments;
        _options = options;
        _time = time;
        _logger = logger;
        Binding = new Binding(time);
        Unanswered = new UnansweredFrames(time);
        _lease = new HeartbeatLease(time);
        _calls = Channel.CreateBounded<ReceivedCall>(new BoundedChannelOptions(options.CallQueueLimit) { SingleReader = true, SingleWriter = true });
        _sends = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(options.SendQueueLimit) { SingleReader = true });
        _stop = CancellationTokenSource.CreateLinkedTokenSource(processEnds);
    }

    /// <summary>What is known of a connection before its first frame.</summary>
    /// <param name="Charger">Who it is.</param>
    /// <param name="OcppVersion">What is spoken.</param>
    /// <param name="RemoteAddress">Where it comes from.</param>
    /// <param name="Pinged">Whether it answers pings, and is given up when it does not.</param>
    internal sealed record ConnectionInfo(ChargerId Charger, string OcppVersion, string RemoteAddress, bool Pinged);

    /// <summary>A call that waits to be answered, with its number in the connection's log.</summary>
    private readonly record struct ReceivedCall(OcppFrame Frame, int LogNumber);

    public ConnectionInfo Connection { get; }

    public ChargerId Charger => Connection.Charger;

    public Epoch Epoch { get; private set; }

    public Binding Binding { get; }

    public UnansweredFrames Unanswered { get; }

    /// <summary>Binds the connection to its grain, serves it until it ends, and releases it.</summary>
    public async Task<SocketEnd> Serve(SocketRegistry registry)
    {
        // The request that became the WebSocket is open for weeks: what comes over it begins traces of its own.
        Activity.Current = null;
        registry.Binding(this);
        try
        {
            var attached = await Attach(registry);
            var sending = Send();
            var working = attached ? Work() : Task.CompletedTask;
            var reading = Read();
            await _ended.Task;
            await SayGoodbye(sending, reading);
            _calls.Writer.TryComplete();
            await working;
            return _end!;
        }
        finally
        {
            await Release();
            registry.Remove(this);
        }
    }

    /// <summary>Ends the connection for a reason; the first reason stands.</summary>
    public void End(SocketEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is null)
        {
            _sends.Writer.TryComplete();
            _ended.TrySetResult();
        }
    }

    public DeliverResult Enqueue(OcppFrame frame)
    {
        _lease.Called();
        var bytes = FrameWriter.Call(frame.MessageId, frame.Action, frame.Payload.Span);
        if (_log.Call(frame, bytes, () => _sends.Writer.TryWrite(bytes)))
        {
            _instruments.Sent(FrameKind.Call);
            return DeliverResult.Accepted;
        }

        return _end is null ? DeliverResult.QueueFull : DeliverResult.UnknownConnection;
    }

    public void Dispose() => _stop.Dispose();

    private async Task Read()
    {
        using var reader = new MessageReader(_socket, _wire, _options, _time);
        try
        {
            End(await Serve(reader));
            await reader.HearOut(_stop.Token);
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or OperationCanceledException)
        {
            LogNoGoodbye(_logger, Charger, lost.Message);
        }
        finally
        {
            End(SocketEnd.Lost);
        }
    }

    private async Task<SocketEnd> Serve(MessageReader reader)
    {
        var unreadable = 0;
        try
        {
            while (true)
            {
                var (message, end) = await reader.Next(_stop.Token);
                if (message is null)
                {
                    return end!;
                }

                var read = FrameReader.Read(message);
                if (read.Fault is { } fault)
                {
                    unreadable++;
                    OnFault(fault, message);
                    if (unreadable >= _options.UnreadableLimit)
                    {
                        return SocketEnd.Unreadable;
                    }

                    continue;
                }

                unreadable = 0;
                if (await Dispatch(read.Frame, message) is { } refused)
                {
                    return refused;
                }
            }
        }
        catch (WebSocketException) when (_wire.Refusal is not null)
        {
            return _wire.Refusal;
        }
        catch (WebSocketException broken) when (broken.WebSocketErrorCode == WebSocketError.Faulted)
        {
            return SocketEnd.Malformed;
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or OperationCanceledException)
        {
            return SocketEnd.Lost;
        }
    }

    private async ValueTask<SocketEnd?> Dispatch(Frame frame, byte[] text)
    {
        var receivedAt = _time.GetUtcNow();
        _instruments.Received(frame.Kind);
        var number = _log.Received(frame, text, receivedAt);
        var carried = new OcppFrame(
            (int)frame.Kind, frame.MessageId, frame.Action, frame.Payload, frame.ErrorCode, frame.ErrorDescription, receivedAt);
        if (frame.Kind != FrameKind.Call)
        {
            HandOn(carried);
            return null;
        }

        if (_calls.Reader.Count <= _options.CallQueueLimit / 2)
        {
            _overloadedSince = null;
        }

        var call = new ReceivedCall(carried, number);
        return _calls.Writer.TryWrite(call) ? null : await EnqueueInTime(call);
    }

    /// <summary>
    /// Waits for a place in the queue. A charger that keeps it full is flooding, although it is served all the time: the
    /// patience starts anew only when half of the queue was empty.
    /// </summary>
    private async ValueTask<SocketEnd?> EnqueueInTime(ReceivedCall call)
    {
        _overloadedSince ??= _time.GetTimestamp();
        var left = TimeSpan.FromSeconds(_options.CallQueueFullSeconds) - _time.GetElapsedTime(_overloadedSince.Value);
        if (left <= TimeSpan.Zero)
        {
            return SocketEnd.Flood;
        }

        using var clock = new CancellationTokenSource(left, _time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, clock.Token);
        try
        {
            await _calls.Writer.WriteAsync(call, patience.Token);
            return null;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return SocketEnd.Flood;
        }
    }

    private void OnFault(FrameFault fault, byte[] text)
    {
        LogUnreadable(_logger, Charger, fault.Code, fault.Text, text.Length);
        _instruments.Unreadable();
        var received = new ReceivedCall(
            new OcppFrame(OcppFrame.Call, fault.MessageId ?? "", "", default, "", "", _time.GetUtcNow()),
            _log.Unreadable(fault.MessageId, text));

        if (fault.Answerable)
        {
            Refuse(received, fault.Code, fault.Text);
        }
        else if (fault.MessageId is { } answered)
        {
            // A broken answer of the charger: whoever waits for it learns that at once.
            var broken = new OcppFrame(OcppFrame.CallError, answered, "", default, fault.Code, fault.Text, _time.GetUtcNow());
            HandOn(broken);
        }
    }

    private async Task Work()
    {
        while (await _calls.Reader.WaitToReadAsync())
        {
            while (_calls.Reader.TryRead(out var call))
            {
                if (!TryBeat(call))
                {
                    await Work(call);
                }

                if (_overloadedSince is not null)
                {
                    await Task.Delay(OverloadPause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }

    private async ValueTask Work(ReceivedCall call)
    {
        var receivedAt = _time.GetTimestamp();
        using var span = OcppInstruments.Receiving(Charger, Connection.OcppVersion, call.Frame);
        try
        {
            Answer(call, await AskAndLearn(call.Frame), receivedAt);
        }
        catch (Exception fault) when (ClusterFault.Is(fault))
        {
            // The fault is not the message's. An error would make the charger drop it, silence has it sent again.
            LogGrainLost(_logger, fault, Charger);
            LeaveUnanswered(call.Frame, receivedAt);
        }
        catch (Exception fault)
        {
            // The boundary of the frame loop: whatever went wrong behind it, the charger gets an answer and stays.
            LogBroken(_logger, fault, Charger, call.Frame.Action, call.Frame.MessageId);
            Refuse(call, ErrorCode.InternalError, "The message could not be processed.");
        }
    }

    private void Answer(ReceivedCall call, OcppReply reply, long receivedAt)
    {
        switch (reply)
        {
            case { Outcome: ReplyOutcome.Answered, Frame: { Kind: OcppFrame.CallResult } result }:
                Unanswered.Answered(call.Frame.Action);
                Reply(call, FrameWriter.CallResult(call.Frame.MessageId, result.Payload.Span), failed: false, result.ReceivedAt);
                break;
            case { Outcome: ReplyOutcome.Answered, Frame: { } error }:
                Unanswered.Answered(call.Frame.Action);
                Reply(call, FrameWriter.CallError(call.Frame.MessageId, error.ErrorCode, error.ErrorDescription), failed: true, error.ReceivedAt);
                break;
            case { Outcome: ReplyOutcome.StaleSession }:
                End(SocketEnd.Superseded);
                break;
            default:
                LeaveUnanswered(call.Frame, receivedAt);
                break;
        }
    }

    private void LeaveUnanswered(OcppFrame call, long receivedAt)
    {
        Unanswered.Unanswered(call.Action, receivedAt);
        _instruments.Answered(Connection.OcppVersion, call, "unanswered");
        LogUnanswered(_logger, Charger, call.Action, call.MessageId);
    }

    /// <summary>An error of the gateway's own: no silo has seen the call, or nobody knows what became of it there.</summary>
    private void Refuse(ReceivedCall call, string code, string text) =>
        Reply(call, FrameWriter.CallError(call.Frame.MessageId, code, text), failed: true, processedAt: null);

    /// <param name="processedAt">When the silo received the call.</param>
    private void Reply(ReceivedCall call, byte[] frame, bool failed, DateTimeOffset? processedAt)
    {
        _instruments.Answered(Connection.OcppVersion, call.Frame, failed ? "error" : "answered");
        _instruments.Sent(failed ? FrameKind.CallError : FrameKind.CallResult);
        if (!_log.Answer(
            call.LogNumber, call.Frame.ReceivedAt, call.Frame.MessageId, call.Frame.Action, failed, frame, processedAt, _sends.Writer))
        {
            End(SocketEnd.NotReading);
        }
    }
}
