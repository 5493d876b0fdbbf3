using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Configuration;

public sealed class ConfigurationStoreTests
{
    private static readonly SiteConfiguration Home = new("home", "Home", "Europe/Paris", "A", 63, "{\"a\":1}", null);

    private static readonly ChargerConfiguration Charger =
        new("CP1", "home", 1, "hash", "{\"maxCurrent\":32}", [new(1, "{\"phases\":3}"), new(2, null)]);

    private static readonly TagConfiguration Tag =
        new("Tag1", "Accepted", DateTimeOffset.UnixEpoch.AddDays(20_000), "Family", ["home", "work"], 3, null);

    private static readonly VehicleConfiguration Vehicle = new("zoe", "Zoe", "VF1", "E1", [], null);

    [Fact]
    public async Task The_default_tenant_is_there_with_default_settings()
    {
        await using var history = await TestHistory.Create();

        Assert.NotNull(await history.Configuration.Tenant(Tenant));
        Assert.Null(await history.Configuration.Tenant(new TenantId("other")));
        Assert.Equal(new(TenantSettings.Defaults, 0), await history.Configuration.Settings(Tenant));
    }

    [Fact]
    public async Task Settings_are_replaced_at_the_version_expected()
    {
        await using var history = await TestHistory.Create();
        var settings = new TenantSettings("accept", true, "ocpp1.6");

        var first = await history.Configuration.PutSettings(Tenant, settings, 0);
        var conflict = await history.Configuration.PutSettings(Tenant, TenantSettings.Defaults, first.RowVersion + 1);
        var nobody = await history.Configuration.PutSettings(new TenantId("other"), settings, null);

        Assert.Equal(WriteOutcome.Replaced, first.Outcome);
        Assert.Equal(WriteOutcome.Conflict, conflict.Outcome);
        Assert.Equal(WriteOutcome.NotFound, nobody.Outcome);
        Assert.Equal(new(settings, first.RowVersion), await history.Configuration.Settings(Tenant));
    }

    [Fact]
    public async Task A_site_is_created_replaced_and_deleted()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        var id = new SiteId(Tenant, "home");

        var created = await store.PutSite(Tenant, Home, null);
        Assert.Equal(new(Home, created.RowVersion), await store.Site(id));
        var replaced = await store.PutSite(Tenant, Home with { Limit = null }, created.RowVersion);
        Assert.Equal(new(Home with { Limit = null }, replaced.RowVersion), await store.Site(id));
        var deleted = await store.DeleteSite(id, replaced.RowVersion);

        Assert.Equal(
            [WriteOutcome.Created, WriteOutcome.Replaced, WriteOutcome.Deleted],
            [created.Outcome, replaced.Outcome, deleted.Outcome]);
        Assert.True(replaced.RowVersion > created.RowVersion);
        Assert.Null(await store.Site(id));
    }

    [Fact]
    public async Task A_wrong_expected_version_conflicts_and_writes_nothing()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        var id = new SiteId(Tenant, "home");

        var absent = await store.PutSite(Tenant, Home, 1);
        var created = await store.PutSite(Tenant, Home, null);
        var put = await store.PutSite(Tenant, Home with { Name = "X" }, created.RowVersion + 1);
        var delete = await store.DeleteSite(id, created.RowVersion + 1);

        Assert.Equal([WriteOutcome.Conflict, WriteOutcome.Conflict, WriteOutcome.Conflict], [absent.Outcome, put.Outcome, delete.Outcome]);
        Assert.Equal(new(Home, created.RowVersion), await store.Site(id));
        Assert.Equal(WriteOutcome.NotFound, (await store.DeleteSite(new SiteId(Tenant, "nowhere"), null)).Outcome);
    }

    [Fact]
    public async Task A_version_is_never_shown_again_by_a_row_that_is_made_anew()
    {
        await using var history = await TestHistory.Create();
        var created = await history.Configuration.PutSite(Tenant, Home, null);
        await history.Configuration.DeleteSite(new SiteId(Tenant, "home"), null);

        var anew = await history.Configuration.PutSite(Tenant, Home, null);

        Assert.NotEqual(created.RowVersion, anew.RowVersion);
    }

    [Fact]
    public async Task A_site_with_chargers_is_in_use()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        await store.PutSite(Tenant, Home, null);
        await store.PutCharger(Tenant, Charger, null);

        Assert.Equal(WriteOutcome.InUse, (await store.DeleteSite(new SiteId(Tenant, "home"), null)).Outcome);
        await store.PutCharger(Tenant, Charger with { Site = null }, null);
        Assert.Equal(WriteOutcome.Deleted, (await store.DeleteSite(new SiteId(Tenant, "home"), null)).Outcome);
    }

    [Fact]
    public async Task The_connectors_of_a_charger_grow_and_shrink_with_it()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        var id = new ChargerId(Tenant, "CP1");
        await store.PutSite(Tenant, Home, null);
        await store.PutCharger(Tenant, Charger, null);
        Assert.Equal(Charger.Connectors, (await store.Charger(id))!.Value.Connectors);

        await store.PutCharger(Tenant, Charger with { Connectors = [new(1, null)] }, null);
        Assert.Equal([new(1, null)], (await store.Charger(id))!.Value.Connectors);
        await store.DeleteCharger(id, null);

        Assert.Null(await store.Charger(id));
        Assert.Equal(0L, await history.Scalar<long>("SELECT COUNT(*) FROM charger_connector"));
    }

    [Fact]
    public async Task A_charger_or_vehicle_in_a_site_that_is_not_there_is_refused()
    {
        await using var history = await TestHistory.Create();

        Assert.Equal(WriteOutcome.MissingReference, (await history.Configuration.PutCharger(Tenant, Charger, null)).Outcome);
        Assert.Equal(
            WriteOutcome.MissingReference,
            (await history.Configuration.PutVehicle(Tenant, Vehicle with { Site = "home" }, null)).Outcome);
        Assert.Null(await history.Configuration.Charger(new ChargerId(Tenant, "CP1")));
    }

    [Fact]
    public async Task A_tag_is_found_in_any_case_and_shown_as_it_was_put()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutTag(Tenant, Tag, null);

        var found = await history.Configuration.Tag(Tenant, new IdTag("tAG1"));

        Assert.Equivalent(Tag, found!.Value, true);
        Assert.Equal(WriteOutcome.Replaced, (await history.Configuration.PutTag(Tenant, Tag with { IdTag = "TAG1" }, null)).Outcome);
        Assert.Equal(WriteOutcome.Deleted, (await history.Configuration.DeleteTag(Tenant, new IdTag("tag1"), null)).Outcome);
    }

    [Fact]
    public async Task Lists_go_on_after_the_last_key_in_binary_order()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        foreach (var name in new[] { "b", "B", "a", "Z", "_" })
        {
            await store.PutSite(Tenant, Home with { Site = name }, null);
            await store.PutTag(Tenant, Tag with { IdTag = "t" + name }, null);
            await store.PutVehicle(Tenant, Vehicle with { Vehicle = name }, null);
            await store.PutUser(Tenant, new UserConfiguration(name, "h", "guest", false, false), null);
        }

        Assert.Equal(["B", "Z"], (await store.Sites(SiteScope.All(Tenant), null, 2)).Select(site => site.Value.Site));
        Assert.Equal(["_", "a", "b"], (await store.Sites(SiteScope.All(Tenant), "Z", 9)).Select(site => site.Value.Site));
        Assert.Equal(["tZ", "t_"], (await store.Tags(Tenant, "tb", 9)).Select(tag => tag.Value.IdTag));
        Assert.Equal(["_", "a"], (await store.Vehicles(Tenant, "Z", 2)).Select(vehicle => vehicle.Value.Vehicle));
        Assert.Equal(["b"], (await store.Users(Tenant, "a", 9)).Select(user => user.Value.Username));
        Assert.Empty(await store.Sites(SiteScope.All(new TenantId("other")), null, 9));
    }

    [Fact]
    public async Task Users_are_created_disabled_and_deleted()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        var user = new UserConfiguration("eve", "h", "operator", true, false);
        await store.PutUser(Tenant, user, null);

        var disabled = await store.PutUser(Tenant, user with { Disabled = true }, null);

        Assert.Equal(new(user with { Disabled = true }, disabled.RowVersion), await store.User(Tenant, "eve"));
        Assert.Equal(WriteOutcome.Deleted, (await store.DeleteUser(Tenant, "eve", disabled.RowVersion)).Outcome);
        Assert.Null(await store.User(Tenant, "eve"));
    }

    [Fact]
    public async Task What_is_to_be_created_only_replaces_nothing()
    {
        await using var history = await TestHistory.Create();
        var user = new UserConfiguration("eve", "h", "operator", true, false);

        var added = await history.Configuration.PutUser(Tenant, user, ConfigurationStore.Absent);

        Assert.Equal(WriteOutcome.Created, added.Outcome);
        var again = await history.Configuration.PutUser(Tenant, user with { PasswordHash = "i" }, ConfigurationStore.Absent);
        Assert.Equal(WriteOutcome.Conflict, again.Outcome);
        Assert.Equal(new(user, added.RowVersion), await history.Configuration.User(Tenant, "eve"));
    }

    [Fact]
    public async Task Names_are_values_and_never_statements()
    {
        await using var history = await TestHistory.Create();
        const string Evil = "'); DROP TABLE site; --\"\u0001\ud83d\ude97";

        await history.Configuration.PutSite(Tenant, Home with { Site = Evil, Name = Evil }, null);

        Assert.Equal(Evil, (await history.Configuration.Site(new SiteId(Tenant, Evil)))!.Value.Name);
    }
}
