using EvCharge.Domain.Identity;
using EvCharge.Domain.Models;
using EvCharge.History.Configuration;

namespace EvCharge.HistoryTests.Configuration;

public sealed class OperatingModeTests
{
    private static readonly TenantId Tenant = TestHistory.Tenant;
    private static readonly SiteId Everywhere = SiteId.None(Tenant);
    private static readonly SiteId North = new(Tenant, "north");
    private static readonly ChargingMode Whole = new(
        "TxProfile", "Relative", "W", "total", 1_000.5, 1_380, false, 3, 20, true, false);

    [Fact]
    public async Task A_mode_comes_back_as_it_was_put_with_its_version()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        var made = await store.PutOperatingMode(Mode(Everywhere, "m", Whole), 10, null);

        Assert.Equal(new Versioned<OperatingModeConfiguration>(Mode(Everywhere, "m", Whole), made.RowVersion), await store.OperatingMode(Everywhere, "m"));
        Assert.Equal(WriteOutcome.Conflict, (await store.PutOperatingMode(Mode(Everywhere, "m", new(Unit: "A")), 10, made.RowVersion + 1_000)).Outcome);
        Assert.Equal(WriteOutcome.Replaced, (await store.PutOperatingMode(Mode(Everywhere, "m", new(Unit: "A")), 10, made.RowVersion)).Outcome);
        Assert.Equal(new ChargingMode(Unit: "A"), (await store.OperatingMode(Everywhere, "m"))!.Value.Content);
        Assert.Null(await store.OperatingMode(SiteId.None(new TenantId("other")), "m"));
    }

    [Fact]
    public async Task That_of_a_site_holds_before_that_of_its_tenant()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        await store.PutSite(Tenant, new SiteConfiguration("north", "North", "UTC", "A", null, null, null), null);
        await store.PutOperatingMode(Mode(North, "m", new(Unit: "W")), 10, null);
        await store.PutOperatingMode(Mode(Everywhere, "m", new(Unit: "A")), 10, null);
        await store.PutOperatingMode(Mode(Everywhere, "n", new(StackLevel: 1)), 10, null);

        Assert.Equal(North, (await store.OperatingModeAt(North, "m"))!.Scope);
        Assert.Equal(Everywhere, (await store.OperatingModeAt(North, "n"))!.Scope);
        Assert.Equal(Everywhere, (await store.OperatingModeAt(new SiteId(Tenant, "south"), "m"))!.Scope);
        Assert.Equal(Everywhere, (await store.OperatingModeAt(Everywhere, "m"))!.Scope);
        Assert.Null(await store.OperatingModeAt(North, "o"));
        Assert.Equal(
            [("", "m"), ("", "n"), ("north", "m")],
            (await store.OperatingModes(Tenant)).Select(mode => (mode.Value.Scope.Name, mode.Value.Mode)));
    }

    [Fact]
    public async Task There_are_so_many_at_most_and_only_at_sites_that_there_are()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        Assert.Equal(WriteOutcome.Created, (await store.PutOperatingMode(Mode(Everywhere, "m", Whole), 1, null)).Outcome);
        Assert.Equal(WriteOutcome.QuotaExceeded, (await store.PutOperatingMode(Mode(Everywhere, "n", Whole), 1, null)).Outcome);
        Assert.Equal(WriteOutcome.MissingReference, (await store.PutOperatingMode(Mode(North, "m", Whole), 1, null)).Outcome);
    }

    [Theory]
    [InlineData("", """{"operatingMode":"m"}""", WriteOutcome.InUse)]
    [InlineData("", """{"maxCurrent":16,"operatingMode":"m","sharing":"Shared"}""", WriteOutcome.InUse)]
    [InlineData("", """{"operatingMode":"mm"}""", WriteOutcome.Deleted)]
    [InlineData("", """{"operatingMode":{"unit":"W"}}""", WriteOutcome.Deleted)]
    [InlineData("north", """{"operatingMode":"m"}""", WriteOutcome.Deleted)]
    public async Task One_that_a_charger_needs_is_not_deleted(string site, string parameters, WriteOutcome outcome)
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        await store.PutSite(Tenant, new SiteConfiguration("north", "North", "UTC", "A", null, null, null), null);
        await store.PutOperatingMode(Mode(North, "m", Whole), 10, null);
        await store.PutOperatingMode(Mode(Everywhere, "m", Whole), 10, null);
        await store.PutCharger(Tenant, new ChargerConfiguration("CP1", site.Length == 0 ? null : site, 0, null, parameters, [new(1, null)]), null);

        Assert.Equal(outcome, (await store.DeleteOperatingMode(Everywhere, "m", null)).Outcome);
    }

    private static OperatingModeConfiguration Mode(SiteId scope, string mode, ChargingMode content) => new(scope, mode, "A name", content);
}
