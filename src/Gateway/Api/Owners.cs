using EvCharge.Contracts.Authorization;
using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Proxy;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Identity;
using Orleans.Runtime;

namespace EvCharge.Gateway.Api;

/// <summary>
/// Tells the grain that owns a thing that its configuration changed. One way: the write is committed already, and a grain
/// that cannot be told now finds out by itself within a minute.
/// </summary>
public sealed partial class Owners(IGrainFactory grains, ILogger<Owners> log)
{
    public Task ChargerChanged(ChargerId charger) =>
        Tell(charger.ToString(), () => grains.GetGrain<IChargerGrain>(charger.ToString()).Reload());

    public Task TagChanged(TenantId tenant, IdTag tag) =>
        Tell($"{tenant}/{tag.Key}", () => grains.GetGrain<ITagGrain>($"{tenant}/{tag.Key}").Reload());

    public Task SiteChanged(SiteId site) =>
        Tell(site.ToString(), () => grains.GetGrain<ISiteGrain>(site.ToString()).Wake());

    /// <summary>Others than before decide on the tags of a site's chargers.</summary>
    public Task AuthorizationChanged(SiteId site) =>
        Tell(site.ToString(), () => grains.GetGrain<ISiteGrain>(site.ToString()).AuthorizationChanged());

    /// <summary>Others than before decide on the tags of a charger, or hear of it; its next message is theirs.</summary>
    public Task AuthorizationChanged(ChargerId charger) =>
        Tell(charger.ToString(), () => grains.GetGrain<IChargerGrain>(charger.ToString()).AuthorizationChanged());

    /// <summary>A charger is relayed to another system, or no longer, or otherwise than before.</summary>
    public async Task ProxyChanged(ProxyLinkId link)
    {
        await AuthorizationChanged(link.Charger);
        await Tell(link.ToString(), () => grains.GetGrain<IProxyLinkGrain>(link.ToString()).Reload());
    }

    private async Task Tell(string owner, Func<ValueTask> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            NotTold(owner, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Owner} could not be told of its new configuration.")]
    private partial void NotTold(string owner, Exception exception);
}
