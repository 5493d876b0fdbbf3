using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Live;

/// <summary>Looks at what a topic tells of. Values are rounded to what is worth a frame.</summary>
internal sealed class LiveReader(LiveQueries live, ConfigurationStore store, IGrainFactory grains)
{
    /// <summary>Rows of one board; more would be no picture any more.</summary>
    public const int MaxConnectors = 20_000;

    private const double PowerStep = 100;
    private const double EnergyStep = 10;

    /// <summary>The order in which an overview counts connectors. Those of chargers that are not connected are offline, whatever they said last.</summary>
    internal static readonly string[] States =
    [
        "Available", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing", "Reserved", "Unavailable", "Faulted", "Unknown", "Offline",
    ];

    /// <summary>Whether there is in the scope what the topic names.</summary>
    public async Task<bool> Exists(LiveTopic topic, SiteScope scope) => topic.Subject switch
    {
        LiveSubject.Site => scope.Covers(topic.Name) && (topic.Site.IsNone || await store.Site(topic.Site) is not null),
        LiveSubject.Charger => await store.Charger(topic.Charger) is { } charger && scope.Covers(charger.Value.Site),
        _ => true,
    };

    public async Task<IReadOnlyList<LiveRow>> Look(LiveTopic topic)
    {
        switch (topic.Subject)
        {
            case LiveSubject.Site:
                return Rows(await live.OfSite(topic.Site, MaxConnectors), await Shares(topic.Site));
            case LiveSubject.Charger:
                var site = (await store.Charger(topic.Charger))?.Value.Site;
                return Rows(
                    await live.OfCharger(topic.Charger, MaxConnectors), site is null ? null : await Shares(new SiteId(topic.Tenant, site)));
            default:
                return [.. (await live.Sites(topic.Scope)).Select(Row)];
        }
    }

    private async Task<SiteAllocation?> Shares(SiteId site)
    {
        if (site.IsNone || await store.Site(site) is not { Value.SmartCharging: { } smart } || StoredJson.Read<SmartCharging>(smart)?.Enabled is not true)
        {
            return null;
        }

        return await grains.GetGrain<ISiteGrain>(site.ToString()).Allocation();
    }

    private static LiveRow[] Rows(IReadOnlyList<LiveConnector> connectors, SiteAllocation? shares)
    {
        var byConnector = shares?.Connectors.ToDictionary(share => (share.Charger, share.Connector));
        return [.. connectors.Select(connector => Row(connector, byConnector?.GetValueOrDefault((connector.Charger, connector.Connector))))];
    }

    private static LiveRow Row(LiveConnector connector, ConnectorAllocation? share) => new(
        $"{connector.Charger}/{connector.Connector}",
        [
            connector.Online ? 1 : 0, connector.Status, connector.ErrorCode, connector.StatusAt?.ToUnixTimeMilliseconds(),
            connector.Session?.Transaction, InSteps(connector.Session?.PowerW, PowerStep), InSteps(connector.Session?.EnergyWh, EnergyStep),
            InSteps(connector.Session?.Soc, 1), share?.State, Tenth(share?.Limit), Tenth(share?.Measured),
        ]);

    private static LiveRow Row(LiveSite site) => new(
        site.Site,
        [
            site.Chargers, site.Online, site.Sessions, InSteps(site.PowerW, PowerStep),
            .. States.Select(state => (object)site.Statuses.Where(some => StateOf(some) == state).Sum(some => some.Count)),
        ]);

    private static string StateOf(StatusCount some) => !some.Online ? "Offline" : States.Contains(some.Status) ? some.Status : "Unknown";

    private static double? InSteps(double? value, double step) => value is { } known ? Math.Round(known / step) * step : null;

    private static double? Tenth(double? value) => value is { } known ? Math.Round(known, 1) : null;
}
