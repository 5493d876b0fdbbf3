using EvCharge.Domain.Identity;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using EvCharge.HistoryTests.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Chargers;

public sealed class ChargerLogTests
{
    [Fact]
    [Trait(TestEngine.Trait, TestEngine.AnyServer)]
    public async Task A_deviation_that_two_processes_see_first_is_one_row_that_counts_both()
    {
        await using var both = await TwoProcesses.Start();

        await both.BothMany(400, async (history, field) =>
        {
            await history.Chargers.RecordWarning(Facts.Charger, new ConformanceWarning("MeterValues", "type", $"{field}", "x", Facts.Noon, 1));
            return field;
        });

        Assert.Equal(400L, await both.One.Scalar<long>("SELECT COUNT(*) FROM conformance_warning WHERE count = 2"));
    }

    private static readonly ConformanceWarning Warning = new("StartTransaction", "length", "idTag", "x", Facts.Noon, 1);

    [Fact]
    public async Task A_late_word_of_an_old_connection_changes_nothing()
    {
        await using var history = await TestHistory.Create();
        await history.Chargers.RecordConnection(Facts.Charger, true, Facts.Noon.AddSeconds(1), "ocpp1.6", "192.0.2.2");
        await history.Chargers.RecordConnection(Facts.Charger, false, Facts.Noon, null, null);
        await history.Chargers.RecordBoot(Facts.Charger, Boot("new", Facts.Noon.AddSeconds(1)));
        await history.Chargers.RecordBoot(Facts.Charger, Boot("old", Facts.Noon));
        await history.Chargers.RecordSeen([(Facts.Charger, Facts.Noon.AddSeconds(2)), (Facts.Charger, Facts.Noon)]);

        var found = await Fleet(history);

        Assert.Equal((true, "192.0.2.2", "new", Facts.Noon.AddSeconds(2)), (found.Online, found.RemoteAddress, found.Boot!.Vendor, found.LastSeen));
    }

    [Fact]
    public async Task A_charger_that_leaves_keeps_its_version_and_address()
    {
        await using var history = await TestHistory.Create();
        await history.Chargers.RecordConnection(Facts.Charger, true, Facts.Noon, "ocpp1.6", "192.0.2.2");
        await history.Chargers.RecordConnection(Facts.Charger, false, Facts.Noon.AddSeconds(1), null, null);

        var found = await Fleet(history);

        Assert.Equal((false, "ocpp1.6", "192.0.2.2"), (found.Online, found.OcppVersion, found.RemoteAddress));
    }

    [Fact]
    public async Task After_a_crash_everyone_is_offline_until_heard_again()
    {
        await using var history = await TestHistory.Create();
        await history.Chargers.RecordConnection(Facts.Charger, true, Facts.Noon, "ocpp1.6", "192.0.2.2");

        await history.Chargers.RecordAllOffline(Facts.Noon.AddSeconds(1));
        Assert.False((await Fleet(history)).Online);
        await history.Chargers.RecordConnection(Facts.Charger, true, Facts.Noon.AddSeconds(2), "ocpp1.6", "192.0.2.2");

        Assert.True((await Fleet(history)).Online);
    }

    [Fact]
    public async Task Many_chargers_are_seen_in_one_commit()
    {
        await using var history = await TestHistory.Create();

        await history.Chargers.RecordSeen(
            [.. Enumerable.Range(0, 500).Select(number => (new ChargerId(Tenant, $"CP{number}"), Facts.Noon))]);

        Assert.Equal(500L, await history.Scalar<long>("SELECT COUNT(*) FROM charger_state WHERE seen_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_deviation_is_one_row_that_counts_and_shows_its_latest_example()
    {
        await using var history = await TestHistory.Create();
        await history.Chargers.RecordWarning(Facts.Charger, Warning);
        await history.Chargers.RecordWarning(Facts.Charger, Warning with { Example = new string('y', 999), At = Facts.Noon.AddHours(1), Count = 4 });
        await history.Chargers.RecordWarning(Facts.Charger, Warning with { Example = "late", At = Facts.Noon.AddHours(-1) });
        await history.Chargers.RecordWarning(Facts.Charger, Warning with { Field = "meterStart" });

        var found = await history.Fleet.Warnings(Facts.Charger);

        Assert.Equal(
            [
                Warning with { Example = new string('y', 200), At = Facts.Noon.AddHours(1), Count = 6 },
                Warning with { Field = "meterStart" },
            ],
            found);
    }

    [Fact]
    public async Task A_charger_that_invents_fields_fills_its_share_and_no_more()
    {
        await using var history = await TestHistory.Create();

        await Task.WhenAll(Enumerable.Range(0, ChargerLog.MaxWarnings + 50).Select(number =>
            history.Chargers.RecordWarning(Facts.Charger, Warning with { Field = $"f{number}" })));

        Assert.Equal(ChargerLog.MaxWarnings, (await history.Fleet.Warnings(Facts.Charger)).Count);
    }

    private static async Task<FleetCharger> Fleet(TestHistory history)
    {
        await history.Configuration.PutCharger(Tenant, new ChargerConfiguration("CP1", null, 0, null, null, [new(1, null)]), null);
        return (await history.Fleet.Charger(Facts.Charger))!;
    }

    private static BootRecord Boot(string vendor, DateTimeOffset at) => new(vendor, "M", null, null, null, null, null, null, at);
}
