using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Proxy;
using EvCharge.Domain.Identity;
using EvCharge.Grains.Chargers;
using EvCharge.History.Proxy;

namespace EvCharge.Grains.Proxy;

/// <summary>
/// A charger and the systems that it is relayed to: what they are to be told is durable before the charger has its answer, and
/// none of them is waited for.
/// </summary>
internal sealed class ProxyDesk(ChargerId charger, ProxyLog log, Func<IRelayDialect> dialect, IGrainFactory grains)
{
    private IReadOnlyList<string> _links = [];

    /// <summary>Names the links that there are; those that are gone find out that they are.</summary>
    public void Configure(IReadOnlyList<string> links)
    {
        var gone = _links.Except(links, StringComparer.Ordinal).ToList();
        _links = links;
        Tell(gone, link => link.Reload());
    }

    /// <summary>Keeps a call that was answered, if others are to hear of it.</summary>
    /// <exception cref="History.HistoryUnavailableException">It is not durable: the charger gets no answer.</exception>
    public async ValueTask Served(OcppFrame call, OcppFrame result)
    {
        if (_links.Count > 0 && dialect().MessageOf(call, result) is { } message)
        {
            await log.Add(charger, _links, message);
            Wake(online: true);
        }
    }

    /// <summary>Tells the links that the charger is there, or has gone.</summary>
    public void Wake(bool online) => Tell(_links, link => link.Wake(online));

    /// <summary>One way: nothing comes back.</summary>
    private void Tell(IReadOnlyList<string> links, Func<IProxyLinkGrain, ValueTask> message)
    {
        foreach (var link in links)
        {
            message(grains.GetGrain<IProxyLinkGrain>(new ProxyLinkId(charger, link).ToString())).AsTask().Ignore();
        }
    }
}
