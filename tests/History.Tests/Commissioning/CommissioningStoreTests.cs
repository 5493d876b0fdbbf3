using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.History.Commissioning;

namespace EvCharge.HistoryTests.Commissioning;

public sealed class CommissioningStoreTests
{
    private static readonly TenantId Tenant = TestHistory.Tenant;
    private static readonly ChargerId Charger = new(Tenant, "CP1");

    [Fact]
    public async Task A_test_comes_back_as_it_was_stored_and_runs_once_for_a_charger()
    {
        await using var history = await TestHistory.Create();
        var (store, now) = (history.Commissioning, history.Clock.GetUtcNow());
        var made = (await store.Create(New(Charger, now)))!;
        Assert.Null(await store.Create(New(Charger, now)));
        Assert.NotNull(await store.Create(New(new ChargerId(Tenant, "CP2"), now)));
        Assert.NotNull(await store.Create(New(new ChargerId(new TenantId("other"), "CP1"), now)));

        var told = made.Begun(CommissioningStep.Connect, now).Ended(CommissioningStep.Connect, StepVerdict.Failed(StepReason.NotConnected, "x"), now.AddSeconds(1))
            .Closed(now.AddSeconds(2)) with { Vendor = "Example", Model = "One", Firmware = "1.0" };
        Assert.True(await store.Save(told));
        Assert.False(await store.Save(told)); // it runs no more

        var found = (await store.Find(SiteScope.All(Tenant), made.Id))!;
        Assert.Equal(told.Steps, found.Steps);
        Assert.Equal(told, found with { Steps = told.Steps });
        Assert.Null(await store.Find(SiteScope.All(new TenantId("nobody")), made.Id));
        Assert.Null(await store.FindRunning(Charger));
        Assert.NotNull(await store.Create(New(Charger, now)));
    }

    [Fact]
    public async Task The_newest_of_a_charger_are_kept_and_read_newest_first()
    {
        await using var history = await TestHistory.Create();
        var (store, now) = (history.Commissioning, history.Clock.GetUtcNow());
        await store.Create(New(new ChargerId(Tenant, "CP2"), now));
        for (var number = 0; number < CommissioningStore.MostOfCharger + 2; number++)
        {
            var made = (await store.Create(New(Charger, now)))!;
            await store.Save(made.Closed(now, CommissioningStatus.Cancelled));
        }

        var kept = await store.List(SiteScope.All(Tenant), "CP1", null, 100);
        Assert.Equal(CommissioningStore.MostOfCharger, kept.Count);
        Assert.Equal(kept.OrderByDescending(report => report.Id), kept);
        Assert.Equal(CommissioningStore.MostOfCharger + 1, (await store.List(SiteScope.All(Tenant), null, null, 100)).Count);
        Assert.Equal(kept[5].Id, (await store.List(SiteScope.All(Tenant), "CP1", kept[4].Id, 1))[0].Id);
    }

    private static CommissioningReport New(ChargerId charger, DateTimeOffset now) => CommissioningReport.New(charger, 1, 6.5, "anna", now);
}
