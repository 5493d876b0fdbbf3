using System.Diagnostics;
using EvCharge.ClusterTests.Faults;
using EvCharge.Servers;

namespace EvCharge.ClusterTests.Losses;

/// <summary>The database server is gone for a while, with EVCHARGE_LONG_RUN=1 for a minute and for ten, while a fleet charges, and comes back.</summary>
[Collection(ProcessTests.Name)]
[Trait("pain", "lost-dependency")]
[Trait("fault", "F3")]
public sealed class DatabaseOutageTests(ITestOutputHelper output)
{
    private const int Charging = 30;
    private const int Idle = 20;

    /// <summary>How much one process may grow meanwhile; what waits for the database is bounded by frames, not by time.</summary>
    private const long LargestGrowth = 200L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<int> Outages => LongRun.IsAsked ? [60, 600] : [20];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task A_time_without_the_database_loses_nothing_and_disconnects_nobody_who_has_nothing_to_store(int seconds)
    {
        var outage = TimeSpan.FromSeconds(seconds);
        await using var product = await Installation.StartAsync(InstallationKind.Split, "outage", await PostgresServer.Start());
        using var api = await product.LoginAsync();
        await using var idle = await ConnectedChargers.ConnectAsync(product, api, "IDLE", Idle);
        await using var fleet = await ChargingFleet.StartAsync(product, api, "OUTAGE", Charging);

        var connections = ConnectedChargers.Connections(idle.All);
        var grown = await EndureAsync(product, idle, fleet, outage);
        Assert.Equal(connections, ConnectedChargers.Connections(idle.All));
        await idle.CommandableAsync(idle.All, Patience);

        // What waited in the chargers arrives, and they go on.
        var took = await fleet.CatchesUpAsync(Patience + outage);
        output.WriteLine($"what waited was stored after {took.TotalSeconds:0.0} s; the processes grew by {string.Join(", ", grown.Select(bytes => $"{bytes >> 20} MB"))}");
        await fleet.EndAsync();
        Assert.All(grown, bytes => Assert.InRange(bytes, long.MinValue, LargestGrowth));
    }

    /// <summary>Kills the server and starts it again after the outage; heartbeats are answered all the time.</summary>
    /// <returns>By how much each process grew at most. Bytes.</returns>
    private async Task<IReadOnlyList<long>> EndureAsync(Installation product, ConnectedChargers idle, ChargingFleet fleet, TimeSpan outage)
    {
        var before = product.Processes.Select(process => process.ResidentBytes).ToArray();
        var most = before.ToArray();
        await product.Database!.Kill();
        var clock = Stopwatch.StartNew();
        var (beats, slowest, acknowledged) = (0, TimeSpan.Zero, 0L);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (clock.Elapsed < outage)
        {
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            var beat = Stopwatch.StartNew();
            var answers = await Task.WhenAll(idle.All.Select(charger => charger.Point.CallAsync("Heartbeat", "{}"u8.ToArray(), charger.Stop)));
            Assert.All(answers, answer => Assert.True(answer.IsAnswered, answer.ToString()));
            slowest = beat.Elapsed > slowest ? beat.Elapsed : slowest;
            if (beats++ == 0)
                acknowledged = fleet.Acknowledged;
            most = [.. product.Processes.Select((process, at) => Math.Max(most[at], process.ResidentBytes))];
        }

        Assert.Equal(acknowledged, fleet.Acknowledged);
        output.WriteLine($"{beats * Idle} heartbeats answered without the database, the slowest round took {slowest.TotalMilliseconds:0} ms");
        await product.Database.Start();
        return [.. most.Zip(before, (largest, first) => largest - first)];
    }
}
