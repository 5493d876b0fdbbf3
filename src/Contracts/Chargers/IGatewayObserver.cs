using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using Orleans.Concurrency;

namespace EvCharge.Contracts.Chargers;

/// <summary>A gateway process, as the charger grains see it. One object per process serves all its sockets.</summary>
[Alias("evc.IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>Puts a frame into the charger's send queue. Only enqueues; never waits for the socket.</summary>
    [Alias("Deliver"), ResponseTimeout("00:00:03")]
    ValueTask<DeliverResult> Deliver(ChargerId charger, Epoch epoch, OcppFrame frame);

    /// <summary>The newest entries of the charger's frame log that this gateway holds, oldest first.</summary>
    [Alias("RecentFrames"), ResponseTimeout("00:00:03")]
    ValueTask<ImmutableArray<LoggedFrame>> RecentFrames(ChargerId charger);

    /// <summary>Ends the connection of that epoch, if it is still there.</summary>
    [Alias("Close"), OneWay]
    ValueTask Close(ChargerId charger, Epoch epoch, CloseReason reason);

    /// <summary>Says that the grain's activation ends and the binding must be made again.</summary>
    [Alias("Rebind"), OneWay]
    ValueTask Rebind(ChargerId charger, Epoch epoch);
}

[GenerateSerializer, Alias("evc.DeliverResult")]
public enum DeliverResult
{
    Accepted,

    /// <summary>This gateway has no connection of the charger.</summary>
    UnknownConnection,

    /// <summary>It has one, of another epoch.</summary>
    StaleSession,

    /// <summary>The charger does not read what it is sent.</summary>
    QueueFull,
}

[GenerateSerializer, Alias("evc.CloseReason")]
public enum CloseReason
{
    /// <summary>A newer connection of the same identity took over.</summary>
    Superseded,

    /// <summary>The charger was deleted or may no longer connect.</summary>
    Revoked,

    /// <summary>Somebody wants to see that the charger comes back.</summary>
    Interrupted,
}
