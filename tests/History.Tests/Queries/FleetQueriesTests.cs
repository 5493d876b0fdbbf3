using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.HistoryTests.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Queries;

public sealed class FleetQueriesTests
{
    [Fact]
    public async Task A_charger_shows_its_configuration_connection_boot_and_statuses()
    {
        await using var history = await TestHistory.Create();
        var configuration = await Put(history, "CP1", null);
        var boot = new BootRecord("V", "M", "S", "F", "I", "J", "T", "U", Facts.Noon);
        var status = Facts.Status("Charging", Facts.Noon);
        await history.Chargers.RecordConnection(Facts.Charger, true, Facts.Noon, "ocpp1.6", "192.0.2.1");
        await history.Chargers.RecordBoot(Facts.Charger, boot);
        await history.Chargers.RecordSeen([(Facts.Charger, Facts.Noon.AddMinutes(1))]);
        await history.Sessions.Commit(Tenant, [new StatusRecorded(Facts.Connector, status)]);

        var found = await history.Fleet.Charger(Facts.Charger);

        Assert.Equivalent(configuration, found!.Configuration.Value, true);
        Assert.Equal(
            (true, Facts.Noon.AddMinutes(1), "ocpp1.6", "192.0.2.1", boot),
            (found.Online, found.LastSeen, found.OcppVersion, found.RemoteAddress, found.Boot));
        Assert.Equal(status, Assert.Single(found.Statuses).Value);
    }

    [Fact]
    public async Task A_charger_never_heard_is_offline_and_an_unknown_one_is_not_there()
    {
        await using var history = await TestHistory.Create();
        await Put(history, "CP1", null);

        var found = await history.Fleet.Charger(Facts.Charger);

        Assert.Equal((false, null, null), (found!.Online, found.LastSeen, found.Boot));
        Assert.Empty(found.Statuses);
        Assert.Null(await history.Fleet.Charger(new ChargerId(Tenant, "CP2")));
        Assert.Null(await history.Fleet.Charger(new ChargerId(new TenantId("other"), "CP1")));
    }

    [Fact]
    public async Task Chargers_are_listed_by_name_and_by_site()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutSite(Tenant, new SiteConfiguration("s1", "S", "UTC", "A", null, null, null), null);
        foreach (var (name, site) in new[] { ("c", "s1"), ("a", "s1"), ("b", null), ("D", null) })
        {
            await Put(history, name, site);
        }

        Assert.Equal(["D", "a"], await Names(null, null, 2));
        Assert.Equal(["b", "c"], await Names(null, "a", 9));
        Assert.Equal(["a", "c"], await Names("s1", null, 9));
        Assert.Equal(["c"], await Names("s1", "a", 9));

        async Task<IEnumerable<string>> Names(string? site, string? after, int limit) =>
            (await history.Fleet.Chargers(SiteScope.All(Tenant), site, after, limit)).Select(charger => charger.Configuration.Value.Charger);
    }

    [Fact]
    public async Task Events_are_listed_newest_first()
    {
        await using var history = await TestHistory.Create();
        foreach (var number in Enumerable.Range(1, 5))
        {
            await history.Chargers.RecordEvent(
                Tenant, new EventRecord(Facts.Noon, "superseded", number % 2 == 0 ? "CP1" : null, $"e{number}\r\n"));
        }

        var first = await history.Fleet.Events(SiteScope.All(Tenant), null, null, 2);
        var rest = await history.Fleet.Events(SiteScope.All(Tenant), null, first[^1].Id, 9);

        Assert.Equal(["e5\r\n", "e4\r\n"], first.Select(row => row.Event.Detail));
        Assert.Equal(["e3\r\n", "e2\r\n", "e1\r\n"], rest.Select(row => row.Event.Detail));
        Assert.Equal(["e4\r\n", "e2\r\n"], (await history.Fleet.Events(SiteScope.All(Tenant), "CP1", null, 9)).Select(row => row.Event.Detail));
        Assert.Empty(await history.Fleet.Events(SiteScope.All(new TenantId("other")), null, null, 9));
    }

    private static async Task<ChargerConfiguration> Put(TestHistory history, string name, string? site)
    {
        var configuration = new ChargerConfiguration(name, site, 0, null, null, [new(1, null), new(2, "{}")]);
        await history.Configuration.PutCharger(Tenant, configuration, null);
        return configuration;
    }
}
