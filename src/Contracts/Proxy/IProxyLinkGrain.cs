using EvCharge.Domain.Authorization;
using Orleans.Concurrency;

namespace EvCharge.Contracts.Proxy;

/// <summary>
/// Relays a charger to another system; key <see cref="Domain.Identity.ProxyLinkId"/>. It holds the connection there as long as
/// the charger is online or something waits to be told.
/// </summary>
[Alias("evc.IProxyLinkGrain")]
public interface IProxyLinkGrain : IGrainWithStringKey
{
    /// <summary>Something may be there to be told, or the charger has come or gone.</summary>
    [Alias("Wake"), OneWay, AlwaysInterleave]
    ValueTask Wake(bool online);

    /// <summary>Says that the link was put or deleted: its connection begins anew or ends.</summary>
    [Alias("Reload"), OneWay, AlwaysInterleave]
    ValueTask Reload();

    /// <summary>Asks the system for its word on a tag.</summary>
    /// <param name="patience">How long it may take.</param>
    [Alias("Authorize"), AlwaysInterleave]
    ValueTask<UpstreamVerdict> Authorize(string idTag, TimeSpan patience);

    /// <summary>How the link stands.</summary>
    [Alias("Look"), AlwaysInterleave]
    ValueTask<ProxyLinkSnapshot> Look();
}

/// <summary>A system's word on a tag.</summary>
/// <param name="Decision">Null when there is none.</param>
/// <param name="Failure">Then, why.</param>
[GenerateSerializer, Immutable, Alias("evc.UpstreamVerdict")]
public sealed record UpstreamVerdict([property: Id(0)] TagDecision? Decision, [property: Id(1)] string? Failure);

/// <summary>How a link stands.</summary>
/// <param name="Since">From when on; null when that was before this activation.</param>
/// <param name="Problem">Why the last connection ended or was not made; null for none.</param>
[GenerateSerializer, Immutable, Alias("evc.ProxyLinkSnapshot")]
public sealed record ProxyLinkSnapshot(
    [property: Id(0)] ProxyLinkState State,
    [property: Id(1)] DateTimeOffset? Since,
    [property: Id(2)] string? Problem);

[GenerateSerializer, Alias("evc.ProxyLinkState")]
public enum ProxyLinkState
{
    /// <summary>The charger is away and nothing waits.</summary>
    Resting,

    /// <summary>A connection is being made.</summary>
    Connecting,

    /// <summary>Connected; the system has not accepted the charger yet.</summary>
    Booting,

    /// <summary>Messages go over as they come.</summary>
    Open,

    /// <summary>The last attempt failed; the next one follows after a pause.</summary>
    Waiting,
}
