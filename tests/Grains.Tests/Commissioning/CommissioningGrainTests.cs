using EvCharge.Contracts.Commissioning;
using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.History.Commissioning;

namespace EvCharge.GrainsTests.Commissioning;

/// <summary>What becomes of a test when it ends otherwise than by its last step.</summary>
public sealed class CommissioningGrainTests(GrainsFixture fixture)
{
    private readonly CommissioningStore _store = fixture.Service<CommissioningStore>();

    [Fact]
    public async Task One_whose_silo_is_gone_is_written_down_as_interrupted()
    {
        var young = await Stored("LOST", TimeSpan.Zero);
        await Remind("LOST");
        Assert.Equal(CommissioningStatus.Running, (await _store.Find(SiteScope.All(young.Charger.Tenant), young.Id))!.Status);
        await _store.Save(young.Closed(TimeProvider.System.GetUtcNow(), CommissioningStatus.Cancelled));

        var report = await Stored("LOST", TimeSpan.FromMinutes(2));
        report = report.Begun(CommissioningStep.Connect, TimeProvider.System.GetUtcNow());
        Assert.True(await _store.Save(report));

        await Remind("LOST");

        var found = (await _store.Find(SiteScope.All(report.Charger.Tenant), report.Id))!;
        Assert.Equal(CommissioningStatus.Interrupted, found.Status);
        Assert.NotNull(found.EndedAt);
        Assert.All(found.Steps, step => Assert.Equal((StepOutcome.Skipped, StepReason.NotReached), (step.Outcome, step.Why)));
        await Remind("LOST"); // there is nothing left to do
        Assert.Equal(found.EndedAt, (await _store.Find(SiteScope.All(report.Charger.Tenant), report.Id))!.EndedAt);
    }

    [Fact]
    public async Task One_that_runs_is_left_alone_by_its_reminder_and_stops_when_it_is_ended()
    {
        var report = await Stored("RUNNING", TimeSpan.FromMinutes(2));
        var grain = fixture.Grains.GetGrain<ICommissioningGrain>(report.Charger.ToString());
        await grain.Run(new CommissioningOrder(report.Id, "T"));
        await Until(async () => (await _store.Find(SiteScope.All(report.Charger.Tenant), report.Id))!.Steps[0].Outcome == StepOutcome.Running);

        await Remind("RUNNING");
        Assert.Equal(CommissioningStatus.Running, (await _store.Find(SiteScope.All(report.Charger.Tenant), report.Id))!.Status);

        await _store.Save(report.Closed(TimeProvider.System.GetUtcNow(), CommissioningStatus.Cancelled));
        var next = await Stored("RUNNING", TimeSpan.Zero);
        await grain.Run(new CommissioningOrder(next.Id, "T")); // while the one that was ended awaits the connection, for three minutes
        await Until(async () => (await _store.Find(SiteScope.All(next.Charger.Tenant), next.Id))!.Steps[0].Outcome == StepOutcome.Running);
        Assert.Equal(CommissioningStatus.Cancelled, (await _store.Find(SiteScope.All(report.Charger.Tenant), report.Id))!.Status);
        await _store.Save(next.Closed(TimeProvider.System.GetUtcNow(), CommissioningStatus.Cancelled));
    }

    private async Task<CommissioningReport> Stored(string charger, TimeSpan old) =>
        await _store.Create(CommissioningReport.New(new ChargerId(TenantId.Default, charger), 1, 6, "anna", TimeProvider.System.GetUtcNow() - old))
            ?? throw new InvalidOperationException("One runs already.");

    private Task Remind(string charger) => fixture.Grains.GetGrain<ICommissioningGrain>(new ChargerId(TenantId.Default, charger).ToString())
        .AsReference<IRemindable>().ReceiveReminder("watch", default, TestContext.Current.CancellationToken);

    private static async Task Until(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
