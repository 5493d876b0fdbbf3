using System.Net.WebSockets;
using System.Threading.Channels;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;
using EvCharge.Ocpp;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// One charger's WebSocket. Three loops share it: the reader, which never waits for a grain and so always has a read
/// pending; one worker, which has the charger's CALLs answered in order; one sender. What ends one ends all.
/// </summary>
internal sealed partial class ChargerSocket : IDisposable
{
    private readonly WebSocket _socket;
    private readonly ChargerStream _wire;
    private readonly IChargerGrain _grain;
    private readonly IGatewayObserver _observer;
    private readonly OcppGatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<OcppFrame> _calls;
    private readonly Channel<byte[]> _sends;
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SocketEnd? _end;
    private long? _overloadedSince;

    public ChargerSocket(
        WebSocket socket, ChargerStream wire, ConnectionInfo connection, IChargerGrain grain, IGatewayObserver observer,
        OcppGatewayOptions options, TimeProvider time, ILogger logger, CancellationToken processEnds)
    {
        _socket = socket;
        _wire = wire;
        Connection = connection;
        _grain = grain;
        _observer = observer;
        _options = options;
        _time = time;
        _logger = logger;
        Binding = new Binding(time);
        Unanswered = new UnansweredFrames(time);
        _calls = Channel.CreateBounded<OcppFrame>(new BoundedChannelOptions(options.CallQueueLimit) { SingleReader = true, SingleWriter = true });
        _sends = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(options.SendQueueLimit) { SingleReader = true });
        _stop = CancellationTokenSource.CreateLinkedTokenSource(processEnds);
    }

    /// <summary>What is known of a connection before its first frame.</summary>
    internal sealed record ConnectionInfo(ChargerId Charger, string OcppVersion, string RemoteAddress);

    public ConnectionInfo Connection { get; }

    public ChargerId Charger => Connection.Charger;

    public Epoch Epoch { get; private set; }

    public Binding Binding { get; }

    public UnansweredFrames Unanswered { get; }

    /// <summary>Binds the connection to its grain, serves it until it ends, and releases it.</summary>
    public async Task<SocketEnd> Serve(SocketRegistry registry)
    {
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
        var bytes = FrameWriter.Call(frame.MessageId, frame.Action, frame.Payload.Span);
        if (_sends.Writer.TryWrite(bytes))
        {
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
                    OnFault(fault, message.Length);
                    if (unreadable >= _options.UnreadableLimit)
                    {
                        return SocketEnd.Unreadable;
                    }

                    continue;
                }

                unreadable = 0;
                if (await Dispatch(read.Frame) is { } refused)
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

    private async ValueTask<SocketEnd?> Dispatch(Frame frame)
    {
        var carried = new OcppFrame(
            (int)frame.Kind, frame.MessageId, frame.Action, frame.Payload, frame.ErrorCode, frame.ErrorDescription, _time.GetUtcNow());
        if (frame.Kind != FrameKind.Call)
        {
            HandOn(carried);
            return null;
        }

        if (_calls.Reader.Count <= _options.CallQueueLimit / 2)
        {
            _overloadedSince = null;
        }

        return _calls.Writer.TryWrite(carried) ? null : await EnqueueInTime(carried);
    }

    /// <summary>
    /// Waits for a place in the queue. A charger that keeps it full is flooding, although it is served all the time: the
    /// patience starts anew only when half of the queue was empty.
    /// </summary>
    private async ValueTask<SocketEnd?> EnqueueInTime(OcppFrame call)
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

    private void OnFault(FrameFault fault, int length)
    {
        LogUnreadable(_logger, Charger, fault.Code, fault.Text, length);

        if (fault.Answerable)
        {
            Reply(FrameWriter.CallError(fault.MessageId!, fault.Code, fault.Text));
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
        await foreach (var call in _calls.Reader.ReadAllAsync())
        {
            var receivedAt = _time.GetTimestamp();
            try
            {
                Answer(call, await Ask(call), receivedAt);
            }
            catch (Exception fault) when (ClusterFault.Is(fault))
            {
                // The fault is not the message's. An error would make the charger drop it, silence has it sent again.
                LogGrainLost(_logger, fault, Charger);
                LeaveUnanswered(call, receivedAt);
            }
            catch (Exception fault)
            {
                // The boundary of the frame loop: whatever went wrong behind it, the charger gets an answer and stays.
                LogBroken(_logger, fault, Charger, call.Action, call.MessageId);
                Reply(FrameWriter.CallError(call.MessageId, ErrorCode.InternalError, "The message could not be processed."));
            }
        }
    }

    private void Answer(OcppFrame call, OcppReply reply, long receivedAt)
    {
        switch (reply)
        {
            case { Outcome: ReplyOutcome.Answered, Frame: { Kind: OcppFrame.CallResult } result }:
                Unanswered.Answered(call.Action);
                Reply(FrameWriter.CallResult(call.MessageId, result.Payload.Span));
                break;
            case { Outcome: ReplyOutcome.Answered, Frame: { } error }:
                Unanswered.Answered(call.Action);
                Reply(FrameWriter.CallError(call.MessageId, error.ErrorCode, error.ErrorDescription));
                break;
            case { Outcome: ReplyOutcome.StaleSession }:
                End(SocketEnd.Superseded);
                break;
            default:
                LeaveUnanswered(call, receivedAt);
                break;
        }
    }

    private void LeaveUnanswered(OcppFrame call, long receivedAt)
    {
        Unanswered.Unanswered(call.Action, receivedAt);
        LogUnanswered(_logger, Charger, call.Action, call.MessageId);
    }

    private void Reply(byte[] frame)
    {
        if (!_sends.Writer.TryWrite(frame))
        {
            End(SocketEnd.NotReading);
        }
    }
}
