using EvCharge.Domain.Alarms;
using EvCharge.Domain.Identity;
using EvCharge.History.Alarms;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.HistoryTests.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Alarms;

/// <summary>Alarms in the record, on the engine that the tests run on. What callers may do is looked at through the API.</summary>
public sealed class AlarmStoreTests
{
    private static readonly SiteScope Scope = SiteScope.All(Tenant);

    [Fact]
    public async Task What_comes_again_is_counted_whoever_writes_it()
    {
        await using var history = await TestHistory.Create();
        await using var other = TestHistory.Open(history.Database);
        var alarms = history.Service<AlarmStore>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            (number % 2 == 0 ? history : other).Chargers.RecordEvent(Tenant, Happened("CP1", Facts.Noon.AddSeconds(number), "MemoryExhaustion"))));

        var alarm = Assert.Single(await All(alarms));
        Assert.Equal(("charger.security.memory", "CP1", 20, 16), (alarm.Definition.Id, alarm.Charger, alarm.Occurrences, alarm.Definition.Level));
        Assert.Equal(Facts.Noon.AddSeconds(19), alarm.LastAt);
        Assert.Equal(20, (await history.Fleet.Events(Scope, "CP1", null, 100)).Count);
    }

    [Fact]
    public async Task An_alarm_is_one_of_its_definition_charger_and_tenant_and_another_after_it_was_acknowledged()
    {
        await using var history = await TestHistory.Create();
        var alarms = history.Service<AlarmStore>();
        var foreign = new TenantId("other");
        await history.Chargers.RecordEvent(Tenant, Happened("CP1", Facts.Noon, "InvalidMessages"));
        await history.Chargers.RecordEvent(Tenant, Happened("CP2", Facts.Noon, "InvalidMessages"));
        await history.Chargers.RecordEvent(Tenant, Happened("CP1", Facts.Noon, "InvalidTLSVersion"));
        await history.Chargers.RecordEvent(foreign, Happened("CP1", Facts.Noon, "InvalidMessages"));
        foreach (var stranger in (string?[])["A", "B", null])
        {
            await history.Chargers.RecordEvent(Tenant, new EventRecord(Facts.Noon, "unknown-charger", stranger, "x"));
        }

        await history.Chargers.RecordEvent(Tenant, new EventRecord(Facts.Noon, "superseded", "CP1", "no alarm"));

        Assert.Equal(
            [(null, "tenant.charger-unknown", 3), ("CP1", "charger.security.tls-version", 1), ("CP2", "charger.security.messages", 1), ("CP1", "charger.security.messages", 1)],
            (await All(alarms)).Select(alarm => (alarm.Charger, alarm.Definition.Id, alarm.Occurrences)));
        Assert.Equal([(15, 1), (12, 2), (9, 1)], await alarms.OpenByLevel(Scope, AlarmLevels.All));
        Assert.Equal([(9, 1)], await alarms.OpenByLevel(Scope, AlarmLevels.UpTo(9)));
        Assert.Single(await alarms.List(SiteScope.All(foreign), new AlarmFilter(), AlarmLevels.All, null, 9));

        var done = await alarms.Acknowledge(Scope, new AlarmSelection(null, "CP1", null, 99), AlarmRights.All, "anna", "seen", Facts.Noon.AddMinutes(1));
        Assert.Equal(new AlarmsAcknowledged(2, 0, 0, 0), done);
        await history.Chargers.RecordEvent(Tenant, Happened("CP1", Facts.Noon.AddMinutes(2), "InvalidMessages"));

        var ofCharger = await alarms.List(Scope, new AlarmFilter(Charger: "CP1", Definition: "charger.security.messages"), AlarmLevels.All, null, 9);
        Assert.Equal([(false, 1), (true, 1)], ofCharger.Select(alarm => (alarm.AcknowledgedAt is not null, alarm.Occurrences)));
        Assert.Equal(("anna", "seen", Facts.Noon.AddMinutes(1)), (ofCharger[1].AcknowledgedBy, ofCharger[1].Comment, ofCharger[1].AcknowledgedAt));
    }

    [Fact]
    public async Task What_is_suppressed_is_on_record_and_raises_nothing_until_that_is_over()
    {
        await using var history = await TestHistory.Create();
        var alarms = history.Service<AlarmStore>();
        var quiet = (await alarms.Suppress(Tenant, Suppression(SuppressionKind.Maintenance, null, "CP1", AlarmLevels.UpTo(14))))!;

        await history.Chargers.RecordEvent(Tenant, Happened("CP1", Facts.Noon.AddMinutes(1), "InvalidMessages"));
        await history.Chargers.RecordEvent(Tenant, Happened("CP1", Facts.Noon.AddMinutes(1), "TamperDetectionActivated"));
        await history.Chargers.RecordEvent(Tenant, Happened("CP2", Facts.Noon.AddMinutes(1), "InvalidMessages"));
        Assert.Equal(["CP2", "CP1"], (await All(alarms)).Select(alarm => alarm.Charger));
        Assert.Equal(3, (await history.Fleet.Events(Scope, null, null, 9)).Count);

        await history.Chargers.RecordEvent(Tenant, Happened("CP1", Facts.Noon.AddHours(1), "InvalidMessages"));
        Assert.Equal(3, (await All(alarms)).Count);

        // One of the same kind for the same takes its place.
        var longer = (await alarms.Suppress(Tenant, quiet with { Until = Facts.Noon.AddHours(9) }))!;
        Assert.Equal([longer.Id], (await alarms.Suppressions(Scope, Facts.Noon)).Select(one => one.Id));
        Assert.Empty(await alarms.Suppressions(Scope, Facts.Noon.AddHours(9)));
        Assert.Empty(await alarms.Suppressions(SiteScope.Of(Tenant, []), Facts.Noon));
        Assert.True(await alarms.Release(Tenant, longer.Id));
        Assert.False(await alarms.Release(Tenant, longer.Id));
    }

    [Fact]
    public async Task Users_keep_their_levels()
    {
        await using var history = await TestHistory.Create();
        var rights = new AlarmRights(AlarmLevels.All, AlarmLevels.Of([3]), AlarmLevels.None, AlarmLevels.UpTo(7));
        await history.Configuration.PutUser(Tenant, new UserConfiguration("u", "hash", "guest", false, false) { Alarms = rights }, null);
        await history.Configuration.PutUser(Tenant, new UserConfiguration("v", "hash", "guest", false, false), null);

        Assert.Equal(rights, (await history.Configuration.User(Tenant, "u"))!.Value.Alarms);
        Assert.Null((await history.Configuration.User(Tenant, "v"))!.Value.Alarms);
    }

    private static Task<IReadOnlyList<Alarm>> All(AlarmStore alarms) => alarms.List(Scope, new AlarmFilter(), AlarmLevels.All, null, 99);

    private static EventRecord Happened(string charger, DateTimeOffset at, string type) => new(at, "security-event", charger, type) { Subject = type };

    private static AlarmSuppression Suppression(SuppressionKind kind, string? definition, string? charger, AlarmLevels levels) =>
        new(0, kind, definition, charger, levels, Facts.Noon.AddHours(1), "at work", "anna", Facts.Noon);
}
