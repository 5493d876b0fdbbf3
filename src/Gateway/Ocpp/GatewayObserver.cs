using System.Collections.Immutable;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Frames;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// This process as the charger grains see it. Orleans serves one call to an observer at a time and holds observers
/// weakly: nothing here waits, and the one instance lives as long as the process.
/// </summary>
internal sealed class GatewayObserver(SocketRegistry sockets, FrameBook frames) : IGatewayObserver
{
    private IGatewayObserver? _reference;

    /// <summary>What is handed to the grains.</summary>
    public IGatewayObserver Reference(IGrainFactory grains) => _reference ??= grains.CreateObjectReference<IGatewayObserver>(this);

    public ValueTask<DeliverResult> Deliver(ChargerId charger, Epoch epoch, OcppFrame frame)
    {
        var socket = sockets.Find(charger, epoch) ?? sockets.FindBinding(charger);
        return new ValueTask<DeliverResult>(socket?.Enqueue(frame) ?? DeliverResult.UnknownConnection);
    }

    public ValueTask<ImmutableArray<LoggedFrame>> RecentFrames(ChargerId charger) => new([.. frames.Newest(charger)]);

    public ValueTask Close(ChargerId charger, Epoch epoch, CloseReason reason)
    {
        sockets.Close(charger, epoch, reason switch
        {
            CloseReason.Superseded => SocketEnd.Superseded,
            CloseReason.Interrupted => SocketEnd.Drained,
            _ => SocketEnd.Revoked,
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask Rebind(ChargerId charger, Epoch epoch)
    {
        sockets.Find(charger, epoch)?.Binding.Lost();
        return ValueTask.CompletedTask;
    }
}
