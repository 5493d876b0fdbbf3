using EvCharge.Contracts.Chargers;
using Orleans.Runtime;

namespace EvCharge.Gateway.Ocpp;

/// <summary>The connection and its grain, which may be lost with its silo at any moment and is then another activation.</summary>
internal sealed partial class ChargerSocket
{
    /// <summary>An activation may end between the binding and the frame; more than a few in a row is something else.</summary>
    private const int MostRebinds = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskPause = TimeSpan.FromSeconds(1);

    /// <summary>Binds the connection again, in the background; one that lost its place is closed.</summary>
    public void RequestRebind() => _ = Guarded(Rebind());

    /// <summary>
    /// Binds the new connection to its grain. While that cannot be reached, as when its silo was just lost, it is tried again
    /// for some seconds; then the connection ends without a frame having been served.
    /// </summary>
    private async Task<bool> Attach(SocketRegistry registry)
    {
        var started = _time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                // An attempt whose answer was lost may have been served: the next one must come out above it, and above
                // what this process holds.
                var request = new AttachRequest(registry.NewestEpoch(Charger), false, Connection.OcppVersion, Connection.RemoteAddress);
                var attached = await _grain.Attach(request, _observer);
                Epoch = attached.Epoch;
                Binding.Made(attached.Silo, attached.Busy);
                _unpinged.Learn(Charger, attached.NoPing);
                _log.Opened(Epoch, Connection.OcppVersion, Connection.RemoteAddress);
                registry.BoundAs(this, Epoch);
                LogAttached(_logger, Charger, Epoch, Connection.RemoteAddress);
                return true;
            }
            catch (Exception fault) when (ClusterFault.Is(fault))
            {
                LogGrainLost(_logger, fault, Charger);
            }

            if (_stop.IsCancellationRequested || _time.GetElapsedTime(started) + pause > TimeSpan.FromSeconds(_options.AttachSeconds))
            {
                End(SocketEnd.Unattached);
                return false;
            }

            await Task.Delay(pause, _time);
        }
    }

    private async Task Rebind()
    {
        var made = false;
        Binding.Trying();
        try
        {
            var request = new AttachRequest(Epoch, true, Connection.OcppVersion, Connection.RemoteAddress);
            var attached = await _grain.Attach(request, _observer);
            Binding.Made(attached.Silo, attached.Busy);
            _unpinged.Learn(Charger, attached.NoPing);
            made = true;
            if (!attached.Won)
            {
                End(SocketEnd.Superseded);
            }
        }
        finally
        {
            if (!made)
            {
                Binding.Failed();
            }
        }
    }

    /// <summary>
    /// Has a call answered. Where the grain cannot be reached, since a silo is just lost, it is asked again for a while: the
    /// charger would repeat the message much later, and some never do.
    /// </summary>
    private async Task<OcppReply> Ask(OcppFrame call)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await AskOnce(call);
            }
            catch (OrleansException unreachable)
                when (_end is null && _time.GetElapsedTime(started) < TimeSpan.FromSeconds(_options.AttachSeconds))
            {
                LogGrainLost(_logger, unreachable, Charger);
                await Task.WhenAny(_ended.Task, Task.Delay(AskPause, _time));
            }
        }
    }

    private async Task<OcppReply> AskOnce(OcppFrame call)
    {
        var reply = await WhereBound(() => _grain.Receive(Epoch, call).AsTask());
        for (var rebinds = 0; reply.Outcome == ReplyOutcome.NotAttached && _end is null && rebinds < MostRebinds; rebinds++)
        {
            await Rebind();
            reply = await WhereBound(() => _grain.Receive(Epoch, call).AsTask());
        }

        return reply;
    }

    /// <summary>Hands an answer of the charger to its grain, in the background.</summary>
    private void HandOn(OcppFrame result) => _lastAnswer = Guarded(WhereBound(async () =>
    {
        await _grain.ReceiveResult(Epoch, result);
        return true;
    }));

    /// <summary>
    /// A silo that was killed never answers, and the whole time-out would pass: as soon as the connection is bound to another
    /// silo, that is asked instead. Frames may be handed over twice; their facts have natural keys.
    /// </summary>
    private async Task<T> WhereBound<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            var moved = Binding.Moved;
            var asked = ask();
            if (await Task.WhenAny(asked, moved) == asked)
            {
                return await asked;
            }

            _ = Guarded(asked);
        }
    }

    private async Task Release()
    {
        LogEnded(_logger, Charger, Epoch, _end?.Text ?? "never attached");
        _log.Closed(_end?.Text ?? "");
        _instruments.Ended(_end ?? SocketEnd.Unattached);
        if (Epoch.Value != 0)
        {
            // Chargers answer and close at once, as before a reset; calls of one caller may overtake each other.
            await _lastAnswer;
            await Guarded(_grain.Detach(Epoch).AsTask());
        }
    }
}
