using EvCharge.Contracts.Chargers;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.Gateway.Ocpp;

/// <summary>Heartbeats, which need no grain while it is known to be well with the charger (docs/adr/0016).</summary>
internal sealed partial class ChargerSocket
{
    private const string Heartbeat = "Heartbeat";

    private readonly HeartbeatLease _lease;

    /// <summary>
    /// True when the call was a plain Heartbeat and could be answered here. One of several calls in the queue is the grain's: a
    /// charger that does not wait for its answers (OCPP-J 1.6 §4.1.1) shall not get them faster than all else.
    /// </summary>
    private bool TryBeat(ReceivedCall call)
    {
        if (!IsPlainHeartbeat(call.Frame) || _end is not null || _calls.Reader.Count > 0 || Binding.IsLost(null) || _lease.Now is not { } now)
        {
            return false;
        }

        var answer = Payload.Write(new HeartbeatResponse(OcppTimestamp.At(now)));
        Reply(call, FrameWriter.CallResult(call.Frame.MessageId, answer), failed: false, processedAt: null);
        return true;
    }

    private async Task<OcppReply> AskAndLearn(OcppFrame call)
    {
        var reply = await Ask(call);
        if (call.Action == Heartbeat)
        {
            _lease.Answered(reply);
        }

        return reply;
    }

    /// <summary>Anything in it would be a deviation, which the grain notes.</summary>
    private static bool IsPlainHeartbeat(OcppFrame call) => call.Action == Heartbeat && call.Payload.Span.SequenceEqual("{}"u8);
}
