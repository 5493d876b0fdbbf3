using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Identity;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.Configuration;

namespace EvCharge.HistoryTests.ChargingProfiles;

public sealed class ProfileStoreTests
{
    private static readonly TenantId Tenant = TestHistory.Tenant;
    private static readonly SiteId Everywhere = SiteId.None(Tenant);
    private static readonly ChargerId Charger = new(Tenant, "CP1");
    private static readonly ChargerId Neighbour = new(Tenant, "CP2");

    [Fact]
    public async Task A_profile_comes_back_as_it_was_desired_and_as_it_was_taken()
    {
        await using var history = await TestHistory.Create();
        var (store, now) = (history.Profiles, history.Clock.GetUtcNow());
        var whole = new ProfileContent(
            ProfilePurpose.TxDefault, ProfileKind.Recurring, ProfileRecurrency.Weekly, 3,
            new ProfileSchedule("W", [new ProfilePeriod(0, 11_000.5, 3), new ProfilePeriod(3_600, 0, null)], 7_200, now, 1_400.1), now, now.AddDays(1));

        await store.Desire(Charger, 1_000, 2, whole, "nights");
        await store.Answered(Charger, 1_000, 2, Limit(6), ProfileOutcome.Accepted, now);

        Assert.Equal(
            new InstalledProfile(1_000)
            {
                Connector = 2, Desired = whole, Template = "nights", Held = Limit(6), HeldConnector = 2, Outcome = ProfileOutcome.Accepted, At = now,
            },
            Assert.Single(await store.Profiles(Charger)));
        Assert.Empty(await store.Profiles(Neighbour));
    }

    [Fact]
    public async Task One_desired_anew_keeps_its_answer_only_when_it_stays_the_same()
    {
        await using var history = await TestHistory.Create();
        var (store, now) = (history.Profiles, history.Clock.GetUtcNow());
        await store.Desire(Charger, 1_000, 1, Limit(16), null);
        await store.Answered(Charger, 1_000, 1, Limit(16), ProfileOutcome.Accepted, now);

        Assert.Equal(ProfileOutcome.Accepted, (await store.Desire(Charger, 1_000, 1, Limit(16), null))!.Outcome);
        var changed = await store.Desire(Charger, 1_000, 1, Limit(8), null);
        Assert.Equal((null, true, Limit(16)), (changed!.Outcome, changed.Differs, changed.Held));
    }

    [Fact]
    public async Task One_taken_back_stays_until_the_charger_removed_it()
    {
        await using var history = await TestHistory.Create();
        var (store, now) = (history.Profiles, history.Clock.GetUtcNow());
        await store.Desire(Charger, 1_000, 1, Limit(16), "t");
        Assert.False(await store.Release(Charger, 1_001));
        Assert.True(await store.Release(Charger, 1_000));
        await store.Answered(Charger, 1_000, 1, Limit(16), ProfileOutcome.Accepted, now); // It was on its way already.

        var leaving = Assert.Single(await store.Profiles(Charger));
        Assert.Equal((true, null, true), (leaving.Unwanted, leaving.Desired, leaving.Differs));

        await store.Cleared(Charger, new ProfileFilter(1_000, null, null, null), now);
        Assert.Empty(await store.Profiles(Charger));
    }

    [Fact]
    public async Task What_others_send_and_remove_is_on_record_too()
    {
        await using var history = await TestHistory.Create();
        var (store, now) = (history.Profiles, history.Clock.GetUtcNow());
        await store.Desire(Charger, 1_000, 1, Limit(16), null);
        await store.Answered(Charger, 1_000, 1, Limit(16), ProfileOutcome.Accepted, now);
        await store.Answered(Charger, 7, 1, Limit(32), ProfileOutcome.Rejected, now);
        Assert.Single(await store.Profiles(Charger));

        await store.Answered(Charger, 8, 1, Limit(32), ProfileOutcome.Accepted, now); // Same connector, purpose and level.
        var both = await store.Profiles(Charger);
        Assert.Equal([(8, false), (1_000, true)], both.Select(profile => (profile.Id, profile.Differs)));
        Assert.Null(both[1].Held);

        await store.Cleared(Charger, new ProfileFilter(null, null, ProfilePurpose.TxDefault, null), now);
        Assert.Equal(1_000, Assert.Single(await store.Profiles(Charger)).Id);
    }

    [Fact]
    public async Task Two_that_would_take_each_others_place_are_not_desired_nor_more_than_a_hundred()
    {
        await using var history = await TestHistory.Create();
        var store = history.Profiles;
        Assert.NotNull(await store.Desire(Charger, 1_000, 1, Limit(16), null));
        Assert.Null(await store.Desire(Charger, 1_001, 1, Limit(8), null));
        Assert.NotNull(await store.Desire(Charger, 1_001, 2, Limit(8), null));
        Assert.NotNull(await store.Desire(Neighbour, 1_001, 1, Limit(8), null));

        for (var level = 2; level < ProfileStore.MostProfiles; level++)
        {
            Assert.NotNull(await store.Desire(Charger, 1_000 + level, 1, Limit(8) with { StackLevel = level }, null));
        }

        Assert.Null(await store.Desire(Charger, 5_000, 1, Limit(8) with { StackLevel = 500 }, null));
        await store.Answered(Charger, 5_000, 1, Limit(8) with { StackLevel = 500 }, ProfileOutcome.Accepted, history.Clock.GetUtcNow());
        Assert.Equal(ProfileStore.MostProfiles, (await store.Profiles(Charger)).Count);
    }

    [Fact]
    public async Task A_deleted_charger_leaves_none_behind()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutCharger(Tenant, new ChargerConfiguration("CP1", null, 0, null, null, [new(1, null)]), null);
        await history.Profiles.Desire(Charger, 1_000, 1, Limit(16), null);

        await history.Configuration.DeleteCharger(Charger, null);

        Assert.Empty(await history.Profiles.Profiles(Charger));
    }

    [Fact]
    public async Task Templates_are_kept_by_tenant_with_versions()
    {
        await using var history = await TestHistory.Create();
        var store = history.Configuration;
        var made = await store.PutProfileTemplate(new ProfileTemplate(Everywhere, "b", "Nights", Limit(16)), null);
        await store.PutProfileTemplate(new ProfileTemplate(Everywhere, "a", "Days", Limit(8)), null);

        Assert.Equal(WriteOutcome.Conflict, (await store.PutProfileTemplate(new ProfileTemplate(Everywhere, "b", "x", Limit(1)), made.RowVersion + 1_000)).Outcome);
        Assert.Equal(WriteOutcome.Replaced, (await store.PutProfileTemplate(new ProfileTemplate(Everywhere, "b", "Late", Limit(10)), made.RowVersion)).Outcome);
        Assert.Equal(["a Days", "b Late"], (await store.ProfileTemplates(Everywhere, null, 10)).Select(row => $"{row.Value.Template} {row.Value.Name}"));
        Assert.Equal("b", Assert.Single(await store.ProfileTemplates(Everywhere, "a", 10)).Value.Template);
        Assert.Equal(Limit(10), (await store.ProfileTemplate(Everywhere, "b"))!.Value.Profile);
        Assert.Null(await store.ProfileTemplate(SiteId.None(new TenantId("other")), "b"));

        Assert.Equal(WriteOutcome.Deleted, (await store.DeleteProfileTemplate(Everywhere, "b", null)).Outcome);
        Assert.Equal(WriteOutcome.NotFound, (await store.DeleteProfileTemplate(Everywhere, "b", null)).Outcome);
    }

    [Fact]
    public async Task That_of_a_site_holds_before_that_of_its_tenant_and_goes_with_the_site()
    {
        await using var history = await TestHistory.Create();
        var (store, north) = (history.Configuration, new SiteId(Tenant, "north"));
        Assert.Equal(WriteOutcome.MissingReference, (await store.PutProfileTemplate(new ProfileTemplate(north, "b", "North", Limit(6)), null)).Outcome);
        await store.PutSite(Tenant, new SiteConfiguration("north", "North", "UTC", "A", null, null, null), null);
        await store.PutProfileTemplate(new ProfileTemplate(Everywhere, "a", "All", Limit(16)), null);
        await store.PutProfileTemplate(new ProfileTemplate(Everywhere, "b", "All", Limit(16)), null);
        var made = await store.PutProfileTemplate(new ProfileTemplate(north, "b", "North", Limit(6)), null);

        Assert.Equal(Limit(6), (await store.ProfileTemplateAt(north, "b"))!.Profile);
        Assert.Equal(Limit(16), (await store.ProfileTemplateAt(north, "a"))!.Profile);
        Assert.Equal(Limit(16), (await store.ProfileTemplateAt(new SiteId(Tenant, "south"), "b"))!.Profile);
        Assert.Equal(Limit(16), (await store.ProfileTemplateAt(Everywhere, "b"))!.Profile);
        Assert.Null(await store.ProfileTemplateAt(north, "c"));
        Assert.Equal("North", Assert.Single(await store.ProfileTemplates(north, null, 10)).Value.Name);
        Assert.Equal(north, Assert.Single(await store.SiteProfileTemplates(Tenant)).Value.Scope);
        Assert.Equal(WriteOutcome.Conflict, (await store.DeleteProfileTemplate(north, "b", made.RowVersion + 1_000)).Outcome);

        await store.DeleteSite(north, null);
        Assert.Empty(await store.SiteProfileTemplates(Tenant));
        Assert.NotNull(await store.ProfileTemplate(Everywhere, "b"));
    }

    private static ProfileContent Limit(double amperes) => new(
        ProfilePurpose.TxDefault, ProfileKind.Relative, null, 0,
        new ProfileSchedule("A", [new ProfilePeriod(0, amperes, null)], null, null, null), null, null);
}
