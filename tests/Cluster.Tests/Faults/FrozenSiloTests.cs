using System.Diagnostics;

namespace EvCharge.ClusterTests.Faults;

/// <summary>A silo stands still, as in a long garbage collection or a snapshot of its machine, and wakes up when the others have buried it.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F8")]
public sealed class FrozenSiloTests(ITestOutputHelper output)
{
    private const int Chargers = 40;
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_silo_that_wakes_up_dead_writes_nothing_and_leaves()
    {
        LongRun.Only();
        await using var product = await Installation.StartAsync(InstallationKind.Split, "frozen");
        using var api = await product.LoginAsync();
        await using var fleet = await ChargingFleet.StartAsync(product, api, "FROZEN", Chargers);
        var connections = fleet.Fleet.Chargers.Sum(charger => charger.Connections);

        var silo = product.Silos[1];
        var clock = Stopwatch.StartNew();
        silo.Signal("STOP");
        await fleet.WorksAsync(10 * Chargers); // more than the chargers of the other silo say in that time: those of this one go on too
        output.WriteLine($"all chargers went on {clock.Elapsed.TotalSeconds:0.0} s after a silo had stood still");
        if (Frozen - clock.Elapsed is { Ticks: > 0 } rest)
            await Task.Delay(rest, TestContext.Current.CancellationToken);

        silo.Signal("CONT");
        var woken = Stopwatch.StartNew();
        Assert.NotEqual(0, await silo.EndsAsync(Limit));
        output.WriteLine($"it left {woken.Elapsed.TotalSeconds:0.0} s after it woke up");
        await silo.StartAsync();
        await fleet.WorksAsync(2 * Chargers);

        Assert.Equal(connections, fleet.Fleet.Chargers.Sum(charger => charger.Connections));
        await fleet.EndAsync();
    }
}
