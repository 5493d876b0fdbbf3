using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Configuration;

public sealed class AuthoritiesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SiteId Site = new(Tenant, "S1");
    private static readonly ChargerId Charger = new(Tenant, "CP1");
    private static readonly TakeoverConfiguration Manual = new(
        new Takeover(AuthorityKind.Manual, Noon.AddHours(1), TimeSpan.FromSeconds(15), AuthorizationDefault.Reject), "eve", Noon);

    private static readonly ExternalAuthorizationConfiguration External = new(
        Site, "https://a.example/", TimeSpan.FromSeconds(5), AuthorizationDefault.Tags, "Authorization", [1, 2, 3]);

    [Fact]
    public async Task A_charger_is_told_all_that_may_decide_on_its_tags()
    {
        await using var history = await WithChargers();
        Assert.Equal(AuthorityConfiguration.None, await history.Configuration.Authorities(Charger, "S1"));

        await history.Configuration.PutTakeover(TakeoverScope.Of(Charger), Manual, null);
        await history.Configuration.PutTakeover(TakeoverScope.Of(Site), Manual with { Takeover = Manual.Takeover with { Kind = AuthorityKind.Accept } }, null);
        await history.Configuration.PutExternalAuthorization(External, null);

        var told = await history.Configuration.Authorities(Charger, "S1");
        Assert.Equal(Manual.Takeover, told.OfCharger);
        Assert.Equal(AuthorityKind.Accept, told.OfSite!.Kind);
        Assert.Equal(External with { Secret = null }, told.External!.Value with { Secret = null });
        Assert.Equal([1, 2, 3], told.External.Value.Secret!);
        Assert.Null((await history.Configuration.Authorities(new ChargerId(Tenant, "CP2"), "S1")).OfCharger);
        Assert.Equal(AuthorityConfiguration.None, await history.Configuration.Authorities(new ChargerId(new TenantId("acme"), "CP1"), "S1"));
        Assert.Null((await history.Configuration.Authorities(Charger, "")).OfSite);
    }

    [Fact]
    public async Task A_takeover_is_replaced_by_its_version_and_deleted()
    {
        await using var history = await WithChargers();
        var scope = TakeoverScope.Of(Charger);
        var created = await history.Configuration.PutTakeover(scope, Manual, ConfigurationStore.Absent);
        Assert.Equal(WriteOutcome.Created, created.Outcome);
        Assert.Equal(WriteOutcome.Conflict, (await history.Configuration.PutTakeover(scope, Manual, ConfigurationStore.Absent)).Outcome);
        Assert.Equal(WriteOutcome.Replaced, (await history.Configuration.PutTakeover(scope, Manual with { SetBy = "bob" }, created.RowVersion)).Outcome);
        Assert.Equal("bob", (await history.Configuration.Takeover(scope))!.Value.SetBy);
        Assert.Equal(WriteOutcome.Deleted, (await history.Configuration.DeleteTakeover(scope, null)).Outcome);
        Assert.Equal(WriteOutcome.NotFound, (await history.Configuration.DeleteTakeover(scope, null)).Outcome);
    }

    [Fact]
    public async Task Nothing_is_stored_for_what_does_not_exist_nor_stays_when_it_goes()
    {
        await using var history = await WithChargers();
        Assert.Equal(WriteOutcome.NotFound, (await history.Configuration.PutTakeover(TakeoverScope.Of(new ChargerId(Tenant, "CP9")), Manual, null)).Outcome);
        Assert.Equal(WriteOutcome.NotFound, (await history.Configuration.PutTakeover(TakeoverScope.Of(new SiteId(Tenant, "S9")), Manual, null)).Outcome);
        Assert.Equal(
            WriteOutcome.NotFound, (await history.Configuration.PutExternalAuthorization(External with { Site = new SiteId(Tenant, "S9") }, null)).Outcome);
        await history.Configuration.PutTakeover(TakeoverScope.Of(Charger), Manual, null);
        await history.Configuration.PutTakeover(TakeoverScope.Of(Site), Manual, null);
        await history.Configuration.PutExternalAuthorization(External, null);

        await history.Configuration.DeleteCharger(Charger, null);
        Assert.Equal(WriteOutcome.Deleted, (await history.Configuration.DeleteSite(Site, null)).Outcome);

        Assert.Equal(AuthorityConfiguration.None, await history.Configuration.Authorities(Charger, "S1"));
    }

    [Fact]
    public async Task Many_tags_are_put_at_once_and_those_that_are_the_same_are_left_alone()
    {
        await using var history = await WithChargers();
        await history.Configuration.PutTag(Tenant, Tag("A"), null);
        await history.Configuration.PutTag(Tenant, Tag("B"), null);
        var before = (await history.Configuration.Tag(Tenant, new IdTag("A")))!.RowVersion;
        TagConfiguration[] tags = [Tag("A"), Tag("B") with { Status = "Blocked" }, .. Enumerable.Range(0, 1_200).Select(number => Tag($"N{number}"))];

        var compared = await history.Configuration.CompareTags(Tenant, tags);
        var put = await history.Configuration.PutTags(Tenant, tags);

        Assert.Equal(1_201, put.Count);
        Assert.Equal(compared.Select(change => change.After.IdTag), put.Select(change => change.After.IdTag));
        Assert.Equal("Accepted", put[0].Before!.Status);
        Assert.Equal(before, (await history.Configuration.Tag(Tenant, new IdTag("A")))!.RowVersion);
        Assert.Equal("Blocked", (await history.Configuration.Tag(Tenant, new IdTag("b")))!.Value.Status);
        Assert.Empty(await history.Configuration.PutTags(Tenant, tags));
        Assert.Null(await history.Configuration.Tag(new TenantId("acme"), new IdTag("A")));
    }

    private static TagConfiguration Tag(string tag) =>
        new(tag, "Accepted", Noon.AddYears(1), "GROUP", ["S1"], 3, null, ConcurrentTransactions.Refuse);

    private static async Task<TestHistory> WithChargers()
    {
        var history = await TestHistory.Create();
        await history.Configuration.PutSite(Tenant, new SiteConfiguration("S1", "Site", "UTC", "A", null, null, null), null);
        await history.Configuration.PutCharger(
            Tenant, new ChargerConfiguration("CP1", "S1", 0, null, null, [new ConnectorConfiguration(1, null)]), null);
        return history;
    }
}
