using EvCharge.Domain.Alarms;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Alarms;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.History.Sessions;
using EvCharge.History.Tenants;
using EvCharge.HistoryTests.Sessions;

namespace EvCharge.HistoryTests.Tenants;

public sealed class HistoryRetentionTests
{
    private static readonly TenantId Acme = new("acme");

    [Fact]
    public async Task What_is_older_than_the_quota_goes_and_what_is_open_newer_or_of_others_stays()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutTenant(new TenantConfiguration(Acme, "Acme", TenantState.Active, new TenantQuotas(null, null, 30)), null);
        var alarms = history.Service<AlarmStore>();
        foreach (var tenant in new[] { Acme, TestHistory.Tenant })
        {
            var old = await Start(history, tenant, 1, Facts.Noon.AddDays(-40));
            await history.Sessions.Commit(tenant, [new TransactionEnded(old.Ended())]);
            var recent = await Start(history, tenant, 2, Facts.Noon.AddDays(-20));
            await history.Sessions.Commit(tenant, [new TransactionEnded(recent.Ended())]);
            await Start(history, tenant, 3, Facts.Noon.AddDays(-40));
            await history.Chargers.RecordEvent(tenant, new EventRecord(Facts.Noon.AddDays(-40), "old", null, ""));
            await history.Chargers.RecordEvent(tenant, new EventRecord(Facts.Noon.AddDays(-1), "new", null, ""));
            foreach (var (charger, days) in new[] { ("seen-long-ago", -40), ("seen-lately", -1) })
            {
                await history.Chargers.RecordEvent(tenant, new EventRecord(Facts.Noon.AddDays(days), "firmware-refused", charger, ""));
            }

            await alarms.Acknowledge(SiteScope.All(tenant), new AlarmSelection(null, null, null, 99), AlarmRights.All, "anna", null, Facts.Noon);
            await history.Chargers.RecordEvent(tenant, new EventRecord(Facts.Noon.AddDays(-40), "firmware-refused", "open", ""));
        }

        using var retention = history.Service<HistoryRetention>();
        await retention.StartAsync(TestContext.Current.CancellationToken);
        await Eventually(async () => await Count(history, "event", Acme) == 2);
        await retention.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, await Count(history, "charging_transaction", Acme));
        Assert.Equal(1, await history.Scalar<long>("SELECT COUNT(*) FROM charging_transaction WHERE tenant_id = 'acme' AND stopped_at IS NULL"));
        Assert.Equal(3, await Count(history, "charging_transaction", TestHistory.Tenant));
        Assert.Equal(5, await Count(history, "event", TestHistory.Tenant));
        Assert.Equal(["open", "seen-lately"], (await alarms.List(SiteScope.All(Acme), new AlarmFilter(), AlarmLevels.All, null, 9)).Select(alarm => alarm.Charger));
        Assert.Equal(3, await Count(history, "alarm", TestHistory.Tenant));
    }

    private static async Task<Transaction> Start(TestHistory history, TenantId tenant, int connector, DateTimeOffset at)
    {
        var start = await Facts.NewStart(history, new ConnectorId(new ChargerId(tenant, "CP1"), connector), startedAt: at);
        await history.Sessions.Commit(tenant, [new TransactionOpened(start)]);
        return start;
    }

    private static Task<long> Count(TestHistory history, string table, TenantId tenant) =>
        history.Scalar<long>($"SELECT COUNT(*) FROM {table} WHERE tenant_id = '{tenant}'");

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
