using EvCharge.ChargerSimulator.Fleets;
using EvCharge.ChargerSimulator.Ledgers;

namespace EvCharge.ClusterTests.Simulator;

public sealed class FleetTests
{
    [Fact]
    public async Task A_fleet_ends_when_all_sessions_are_over_and_acknowledged()
    {
        await using var csms = await TestCsms.StartAsync();
        var fleet = new Fleet(Options(csms) with { Sessions = 20 });
        await fleet.RunAsync(TestContext.Current.CancellationToken);

        var ledger = fleet.Chargers[0].Options.Ledger!.Snapshot();
        Assert.Equal(20, ledger.Count(entry => entry.Kind == LedgerKind.Start));
        Assert.Equal(20, ledger.Count(entry => entry.Kind == LedgerKind.Stop));
        Assert.All(ledger, entry => Assert.Equal(LedgerState.Acknowledged, entry.State));
        Assert.Equal(["SIM001", "SIM002", "SIM003", "SIM004"], fleet.Identities);
        Assert.Equal(5, fleet.Tags.Length);
        Assert.Equal(2, fleet.Chargers[0].Connectors.Length);
        Assert.Contains(ledger, entry => entry is { Charger: "SIM001", Connector: 2 });
    }

    [Fact]
    public async Task A_fleet_without_end_stops_its_sessions_when_asked_to()
    {
        await using var csms = await TestCsms.StartAsync();
        var fleet = new Fleet(Options(csms) with { ShortestSession = TimeSpan.FromDays(10), LongestSession = TimeSpan.FromDays(20) });
        using var stop = new CancellationTokenSource();
        var running = fleet.RunAsync(stop.Token);
        await csms.WaitAsync("MeterValues", 5);
        await stop.CancelAsync();
        await running;

        var ledger = fleet.Chargers[0].Options.Ledger!.Snapshot();
        Assert.Equal(ledger.Count(entry => entry.Kind == LedgerKind.Start), ledger.Count(entry => entry is { Kind: LedgerKind.Stop, IsAcknowledged: true }));
    }

    [Fact]
    public async Task A_charger_that_gets_an_answer_against_the_standard_fails_the_fleet()
    {
        await using var csms = await TestCsms.StartAsync();
        csms.OnCall = call => call is { Charger: "SIM002", Action: "StartTransaction" } ? new("""{"transactionId":"?"}""") : CsmsAnswer.Usual;

        var fault = await Assert.ThrowsAsync<Ocpp.OcppFault>(() => new Fleet(Options(csms)).RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal("TypeConstraintViolation", fault.Code);
    }

    [Fact]
    public async Task The_ledger_reads_back_as_it_was_written()
    {
        await using var csms = await TestCsms.StartAsync();
        var fleet = new Fleet(Options(csms) with { Sessions = 3 });
        await fleet.RunAsync(TestContext.Current.CancellationToken);
        var ledger = fleet.Chargers[0].Options.Ledger!;

        using var file = new MemoryStream();
        await ledger.WriteAsync(file, TestContext.Current.CancellationToken);
        file.Position = 0;
        Assert.Equal(ledger.Snapshot(), await Ledger.ReadAsync(file).ToListAsync(TestContext.Current.CancellationToken));
    }

    private static FleetOptions Options(TestCsms csms) => new()
    {
        Url = csms.Url,
        Count = 4,
        Seed = 7,
        TimeScale = 600,
        ShortestSession = TimeSpan.FromMinutes(3),
        LongestSession = TimeSpan.FromMinutes(6),
        SampleInterval = TimeSpan.FromMinutes(1),
        LongestPause = TimeSpan.FromSeconds(30),
        Ledger = new Ledger(),
        Adjust = options => options with { BackOff = TimeSpan.FromMilliseconds(20) },
    };
}
