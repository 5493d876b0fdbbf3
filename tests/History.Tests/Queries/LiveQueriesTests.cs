using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using EvCharge.HistoryTests.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Queries;

public sealed class LiveQueriesTests
{
    private static readonly ChargerId Second = new(Tenant, "CP2");
    private static readonly TenantId Other = new("other");

    [Fact]
    public async Task A_connector_shows_its_charger_s_connection_its_status_and_its_open_transaction()
    {
        await using var history = await Fleet();
        await history.Chargers.RecordConnection(Facts.Charger, true, Facts.Noon, "ocpp1.6", "192.0.2.1");
        await history.Sessions.Commit(Tenant, [new StatusRecorded(Facts.Connector, Facts.Status("Charging", Facts.Noon))]);
        var started = await Facts.NewStart(history);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(started)]);

        var site = await history.Live.OfSite(new SiteId(Tenant, "s1"), 9);
        var none = await history.Live.OfSite(SiteId.None(Tenant), 9);

        Assert.Equal(
            [
                new LiveConnector("CP1", 1, true, "Charging", "NoError", Facts.Noon, new LiveSession(started.Id, started.EnergyWh, started.PowerW, started.Soc)),
                new LiveConnector("CP1", 2, true, "Unknown", "NoError", null, null),
            ],
            site);
        Assert.Equal(site, await history.Live.OfCharger(Facts.Charger, 9));
        Assert.Equal([("CP2", 1, false), ("CP2", 2, false)], none.Select(row => (row.Charger, row.Connector, row.Online)));
        Assert.Single(await history.Live.OfSite(new SiteId(Tenant, "s1"), 1));
        Assert.Empty(await history.Live.OfSite(new SiteId(Other, "s1"), 9));
        Assert.Empty(await history.Live.OfCharger(new ChargerId(Other, "CP1"), 9));
    }

    [Fact]
    public async Task A_transaction_that_has_ended_is_not_shown()
    {
        await using var history = await Fleet();
        var started = await Facts.NewStart(history);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(started)]);
        await history.Sessions.Commit(Tenant, [new TransactionEnded(started.Ended())]);

        Assert.All(await history.Live.OfCharger(Facts.Charger, 9), row => Assert.Null(row.Session));
    }

    [Fact]
    public async Task Sites_count_their_chargers_connectors_and_sessions()
    {
        await using var history = await Fleet();
        await history.Chargers.RecordConnection(Facts.Charger, true, Facts.Noon, "ocpp1.6", "192.0.2.1");
        await history.Sessions.Commit(Tenant, [new StatusRecorded(Facts.Connector, Facts.Status("Charging", Facts.Noon))]);
        await history.Sessions.Commit(Tenant, [new StatusRecorded(new ConnectorId(Second, 1), Facts.Status("Faulted", Facts.Noon))]);
        await history.Sessions.Commit(Tenant, [new TransactionOpened((await Facts.NewStart(history)) with { Site = "s1", PowerW = 7_000 })]);

        var sites = await history.Live.Sites(SiteScope.All(Tenant));

        Assert.Equal([("", 1, 0, 0, 0d), ("s1", 1, 1, 1, 7_000d)], sites.Select(site => (site.Site, site.Chargers, site.Online, site.Sessions, site.PowerW)));
        Assert.Equal([new StatusCount("Faulted", false, 1), new StatusCount("Unknown", false, 1)], sites[0].Statuses.OrderBy(some => some.Status, StringComparer.Ordinal));
        Assert.Equal([new StatusCount("Charging", true, 1), new StatusCount("Unknown", true, 1)], sites[1].Statuses.OrderBy(some => some.Status, StringComparer.Ordinal));
        Assert.Empty(await history.Live.Sites(SiteScope.All(Other)));
    }

    /// <summary>CP1 at a site and CP2 at none, two connectors each.</summary>
    private static async Task<TestHistory> Fleet()
    {
        var history = await TestHistory.Create();
        await history.Configuration.PutSite(Tenant, new SiteConfiguration("s1", "S", "UTC", "A", null, null, null), null);
        await history.Configuration.PutCharger(Tenant, new ChargerConfiguration("CP1", "s1", 0, null, null, [new(1, null), new(2, null)]), null);
        await history.Configuration.PutCharger(Tenant, new ChargerConfiguration("CP2", null, 0, null, null, [new(1, null), new(2, null)]), null);
        return history;
    }
}
