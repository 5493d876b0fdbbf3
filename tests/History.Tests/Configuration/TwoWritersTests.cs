using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Configuration;

/// <summary>Two gateways that configure the same at the same time.</summary>
[Trait(TestEngine.Trait, TestEngine.AnyServer)]
public sealed class TwoWritersTests
{
    private const int Rounds = 60;

    private static readonly SiteConfiguration Site = new("s", "Site", "UTC", "A", null, null, null);
    private static readonly ChargerConfiguration Charger = new("CP1", "s", 0, null, null, [new(1, null), new(2, null)]);

    [Fact]
    public async Task Of_two_changes_of_one_version_one_is_refused()
    {
        await using var both = await TwoProcesses.Start();
        var version = (await both.One.Configuration.PutSite(Tenant, Site, null)).RowVersion;
        for (var round = 0; round < Rounds; round++)
        {
            var (one, other) = await both.Both(history => history.Configuration.PutSite(Tenant, Site, version));

            Assert.Equal([WriteOutcome.Replaced, WriteOutcome.Conflict], new[] { one.Outcome, other.Outcome }.Order());
            version = one.RowVersion + other.RowVersion;
            Assert.Equal(version, (await both.One.Configuration.Site(new SiteId(Tenant, "s")))!.RowVersion);
        }
    }

    [Fact]
    public async Task What_is_to_be_created_only_is_created_once()
    {
        await using var both = await TwoProcesses.Start();

        var made = await both.BothMany(Rounds, (history, number) => history.Configuration.PutUser(
            Tenant,
            new UserConfiguration($"admin-{number}", history == both.One ? "one" : "other", "administrator", true, false),
            ConfigurationStore.Absent));

        for (var number = 0; number < Rounds; number++)
        {
            var (one, other) = made[number];
            Assert.Equal([WriteOutcome.Created, WriteOutcome.Conflict], new[] { one.Outcome, other.Outcome }.Order());
            var stored = await both.One.Configuration.User(Tenant, $"admin-{number}");
            Assert.Equal(one.Outcome == WriteOutcome.Created ? "one" : "other", stored!.Value.PasswordHash);
        }
    }

    [Fact]
    public async Task A_charger_put_by_both_has_its_connectors_once()
    {
        await using var both = await TwoProcesses.Start();
        await both.One.Configuration.PutSite(Tenant, Site, null);

        var put = await both.BothMany(Rounds, (history, number) =>
            history.Configuration.PutCharger(Tenant, Charger with { Charger = $"CP{number}" }, null));

        Assert.All(put, pair => Assert.Equal(
            [WriteOutcome.Created, WriteOutcome.Replaced], new[] { pair.One.Outcome, pair.Other.Outcome }.Order()));
        Assert.Equal(2L * Rounds, await both.One.Scalar<long>("SELECT COUNT(*) FROM charger_connector"));
    }

    [Fact]
    public async Task A_site_is_never_deleted_from_under_a_charger_that_is_put_into_it()
    {
        await using var both = await TwoProcesses.Start();
        for (var round = 0; round < Rounds; round++)
        {
            await both.One.Configuration.PutSite(Tenant, Site, null);

            var (put, deleted) = await both.Both(history => history == both.One
                ? history.Configuration.PutCharger(Tenant, Charger, null)
                : history.Configuration.DeleteSite(new SiteId(Tenant, "s"), null));

            Assert.Equal(put.Outcome == WriteOutcome.Created ? WriteOutcome.InUse : WriteOutcome.Deleted, deleted.Outcome);
            await both.One.Configuration.DeleteCharger(new ChargerId(Tenant, "CP1"), null);
        }
    }

    [Fact]
    public async Task A_tag_that_two_vehicles_take_belongs_to_one_of_them()
    {
        await using var both = await TwoProcesses.Start();

        await both.BothMany(Rounds, (history, number) => history.Configuration.PutVehicle(
            Tenant, new VehicleConfiguration($"{history == both.One}-{number}", "V", null, null, [$"Tag{number}"], null), null));

        var vehicles = await both.One.Configuration.Vehicles(Tenant, null, 1000);
        Assert.Equal(2 * Rounds, vehicles.Count);
        Assert.Equal(Rounds, vehicles.Sum(vehicle => vehicle.Value.Tags.Count));
    }
}
