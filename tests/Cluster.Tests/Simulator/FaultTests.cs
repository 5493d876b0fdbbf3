using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.Ledgers;

namespace EvCharge.ClusterTests.Simulator;

public sealed class FaultTests
{
    [Fact]
    public async Task A_replayed_frame_is_the_last_one_byte_for_byte()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);

        Assert.True(await charger.Point.ReplayAsync());
        await csms.WaitAsync("StatusNotification", 3);
        var seen = csms.Calls("StatusNotification");
        Assert.Equal(seen[1].MessageId, seen[2].MessageId);
        Assert.Equal(seen[1].Payload.ToJsonString(), seen[2].Payload.ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cut_charger_comes_back_by_itself(bool reset)
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);

        charger.Point.Cut(reset);
        await csms.WaitAsync("BootNotification", 2);
        Assert.Equal(2, csms.Upgrades);
    }

    [Fact]
    public async Task A_silent_charger_stays_connected_and_answers_when_the_silence_is_over()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);

        charger.Point.FallSilent(TimeSpan.FromMilliseconds(400));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await csms.CommandAsync("CP1", "ClearCache", "{}");
        Assert.InRange(clock.ElapsedMilliseconds, 300, 9_000);
        Assert.Equal(1, csms.Upgrades);
    }

    [Fact]
    public async Task Offline_means_no_connection_and_a_session_that_goes_on()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);

        charger.Point.GoOffline(TimeSpan.FromSeconds(1));
        await charger.ChargeAsync();
        Assert.Equal(1, csms.Upgrades);
        await charger.DeliveredAsync();
        Assert.Equal(2, csms.Upgrades);
        Assert.Single(csms.Calls("StopTransaction"));
    }

    [Fact]
    public async Task Random_faults_lose_and_double_nothing_in_the_ledger()
    {
        await using var csms = await TestCsms.StartAsync();
        var faults = new FaultOptions
        {
            Reset = 0.05, Drop = 0.05, Replay = 0.05, Malformed = 0.05, Silence = 0.02, Offline = 0.02,
            Length = TimeSpan.FromMilliseconds(100),
        };
        await using var charger = SimulatedCharger.Start(csms.Url, options => options with { Faults = faults, Seed = 42 });
        for (var visit = 0; visit < 5; visit++)
            await charger.ChargeAsync();
        await charger.DeliveredAsync();

        var ledger = charger.Point.Options.Ledger!.Snapshot();
        Assert.All(ledger, entry => Assert.Equal(LedgerState.Acknowledged, entry.State));
        Assert.Equal(5, ledger.Count(entry => entry.Kind == LedgerKind.Stop));
        Assert.True(csms.Upgrades > 1, "no fault struck");
        foreach (var action in new[] { "StartTransaction", "MeterValues", "StopTransaction" })
        {
            var distinct = csms.Calls(action).Select(call => call.MessageId).Distinct().Count();
            Assert.Equal(ledger.Count(entry => Action(entry.Kind) == action), distinct);
        }
    }

    [Fact]
    public async Task A_charger_out_of_order_turns_commands_down()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = SimulatedCharger.Start(csms.Url, options => options with { Faults = new() { RejectCommand = 1 } });
        await csms.WaitAsync("StatusNotification", 2);

        Assert.Equal("Rejected", (string)(await csms.CommandAsync("CP1", "Reset", """{"type":"Soft"}"""))[2]!["status"]!);
        Assert.Equal("InternalError", (string)(await csms.CommandAsync("CP1", "GetConfiguration", "{}"))[2]!);
    }

    private static string Action(LedgerKind kind) => kind switch
    {
        LedgerKind.Start => "StartTransaction",
        LedgerKind.Sample => "MeterValues",
        _ => "StopTransaction",
    };
}
