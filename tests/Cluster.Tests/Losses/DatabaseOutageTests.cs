using System.Diagnostics;
using EvCharge.ChargerSimulator.Fleets;
using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.ClusterTests.Audit;
using EvCharge.Servers;

namespace EvCharge.ClusterTests.Losses;

/// <summary>The database server is gone for a while, with EVCHARGE_LONG_RUN=1 for a minute, while a fleet charges, and comes back.</summary>
[Collection(ProcessTests.Name)]
[Trait("pain", "lost-dependency")]
public sealed class DatabaseOutageTests(ITestOutputHelper output)
{
    private const int Charging = 30;
    private const int Idle = 20;

    /// <summary>How much one process may grow meanwhile; what waits for the database is bounded by frames, not by time.</summary>
    private const long LargestGrowth = 200L << 20;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(LongRun.IsAsked ? 60 : 20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_time_without_the_database_loses_nothing_and_disconnects_nobody_who_has_nothing_to_store()
    {
        await using var product = await Installation.StartAsync(InstallationKind.Split, "outage", await PostgresServer.Start());
        using var api = await product.LoginAsync();
        await using var idle = await ConnectedChargers.ConnectAsync(product, api, "IDLE", Idle);
        var ledger = new Ledger();
        var fleet = new Fleet(Options(product, ledger));
        await ConfigureAsync(api, fleet);
        using var stop = new CancellationTokenSource();
        var charging = fleet.RunAsync(stop.Token);
        await ledger.WaitAcknowledgedAsync(20 * Charging).WaitAsync(Patience, TestContext.Current.CancellationToken);

        var connections = ConnectedChargers.Connections(idle.All);
        var grown = await EndureAsync(product, idle, ledger);
        Assert.Equal(connections, ConnectedChargers.Connections(idle.All));
        await idle.CommandableAsync(idle.All, Patience);

        // What waited in the chargers arrives, and they go on.
        var clock = Stopwatch.StartNew();
        await ledger.WaitAcknowledgedAsync(ledger.Acknowledged + fleet.Chargers.Sum(charger => charger.WaitingMessages))
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        output.WriteLine($"what waited was stored after {clock.Elapsed.TotalSeconds:0.0} s; the processes grew by {string.Join(", ", grown.Select(bytes => $"{bytes >> 20} MB"))}");
        await stop.CancelAsync();
        await charging.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.All(fleet.Chargers, charger => Assert.Equal(0, charger.WaitingMessages));
        Assert.Empty(LedgerAudit.Compare(ledger.Snapshot(), await StoredTransaction.ReadAllAsync(api)));
        Assert.All(grown, bytes => Assert.InRange(bytes, long.MinValue, LargestGrowth));
    }

    /// <summary>Kills the server and starts it again after the outage; heartbeats are answered all the time.</summary>
    /// <returns>By how much each process grew at most. Bytes.</returns>
    private async Task<IReadOnlyList<long>> EndureAsync(Installation product, ConnectedChargers idle, Ledger ledger)
    {
        var before = product.Processes.Select(process => process.ResidentBytes).ToArray();
        var most = before.ToArray();
        await product.Database!.Kill();
        var clock = Stopwatch.StartNew();
        var (beats, slowest, acknowledged) = (0, TimeSpan.Zero, 0L);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (clock.Elapsed < Outage)
        {
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            var beat = Stopwatch.StartNew();
            var answers = await Task.WhenAll(idle.All.Select(charger => charger.Point.CallAsync("Heartbeat", "{}"u8.ToArray(), charger.Stop)));
            Assert.All(answers, answer => Assert.True(answer.IsAnswered, answer.ToString()));
            slowest = beat.Elapsed > slowest ? beat.Elapsed : slowest;
            if (beats++ == 0)
                acknowledged = ledger.Acknowledged;
            most = [.. product.Processes.Select((process, at) => Math.Max(most[at], process.ResidentBytes))];
        }

        Assert.Equal(acknowledged, ledger.Acknowledged);
        output.WriteLine($"{beats * Idle} heartbeats answered without the database, the slowest round took {slowest.TotalMilliseconds:0} ms");
        await product.Database.Start();
        return [.. most.Zip(before, (largest, first) => largest - first)];
    }

    private static async Task ConfigureAsync(ProductApi api, Fleet fleet)
    {
        foreach (var tag in fleet.Tags)
            await api.PutAsync($"tags/{tag}", new { status = "Accepted" });
        foreach (var charger in fleet.Identities)
            await api.PutAsync($"chargers/{charger}", new { site = "losses", connectors = 1 });
    }

    private static FleetOptions Options(Installation product, Ledger ledger) => new()
    {
        Url = product.Ocpp,
        Prefix = "OUTAGE",
        Count = Charging,
        Twins = 0,
        TimeScale = 100,
        Origin = TimeProvider.System.GetUtcNow().AddDays(-30),
        ShortestSession = TimeSpan.FromMinutes(11),
        LongestSession = TimeSpan.FromMinutes(15),
        SampleInterval = TimeSpan.FromMinutes(1),
        LongestPause = TimeSpan.FromMinutes(2),
        EndPatience = Patience,
        Ledger = ledger,
        Adjust = options => options with
        {
            Url = product.OcppOf(options.Seed),
            BackOff = TimeSpan.FromMilliseconds(200),
            LongestBackOff = TimeSpan.FromSeconds(1),
            RepeatPause = TimeSpan.FromSeconds(1),
        },
    };
}
