using System.Diagnostics;

namespace EvCharge.ClusterTests.Faults;

/// <summary>All processes are stopped and started again one after the other, as for an upgrade, while a fleet charges.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F11")]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    /// <summary>Of all reconnects the share that one second may hold, so that the other gateway is not run over.</summary>
    private const double MostInASecond = 0.15;

    private const int Chargers = 500;

    [Fact]
    public async Task No_session_is_lost_or_doubled_and_the_chargers_come_back_spread_over_time()
    {
        LongRun.Only();
        await using var product = await Installation.StartAsync(InstallationKind.Split, "rolling");
        using var api = await product.LoginAsync();
        await using var fleet = await ChargingFleet.StartAsync(product, api, "ROLL", Chargers);

        var began = fleet.Fleet.Chargers.Sum(charger => charger.Connections);
        foreach (var silo in product.Silos)
        {
            await silo.StopAsync();
            await silo.StartAsync();
            await fleet.WorksAsync(5 * Chargers);
        }

        Assert.Equal(began, fleet.Fleet.Chargers.Sum(charger => charger.Connections));
        foreach (var gateway in product.Gateways)
        {
            var before = fleet.Fleet.Chargers.Sum(charger => charger.Connections);
            using var stopped = new CancellationTokenSource();
            var watching = WatchAsync(fleet, stopped.Token);
            await gateway.StopAsync();
            await fleet.WorksAsync(5 * Chargers);
            await stopped.CancelAsync();
            var perSecond = await watching;
            await gateway.StartAsync();

            var reconnects = fleet.Fleet.Chargers.Sum(charger => charger.Connections) - before;
            output.WriteLine($"{gateway.Name}: {reconnects} reconnects, {perSecond.Max()} in the fullest second: {string.Join(' ', perSecond)}");
            Assert.InRange(reconnects, Chargers / 3, Chargers);
            Assert.InRange(perSecond.Max(), 0, MostInASecond * reconnects);
        }

        await fleet.EndAsync();
    }

    /// <returns>How many connections were opened in each second.</returns>
    private static async Task<IReadOnlyList<int>> WatchAsync(ChargingFleet fleet, CancellationToken stopped)
    {
        List<int> perSecond = [];
        var (clock, seen) = (Stopwatch.StartNew(), fleet.Fleet.Chargers.Sum(charger => charger.Connections));
        while (!stopped.IsCancellationRequested)
        {
            await Task.Delay(50, CancellationToken.None);
            var second = (int)clock.Elapsed.TotalSeconds;
            while (perSecond.Count <= second)
                perSecond.Add(0);
            var now = fleet.Fleet.Chargers.Sum(charger => charger.Connections);
            perSecond[second] += now - seen;
            seen = now;
        }

        return perSecond;
    }
}
