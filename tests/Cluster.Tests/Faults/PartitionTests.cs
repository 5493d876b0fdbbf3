using System.Diagnostics;
using EvCharge.Servers;

namespace EvCharge.ClusterTests.Faults;

/// <summary>The line to the machine of one silo is cut: it reaches neither the others nor the database, and nobody is told.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F7")]
public sealed class PartitionTests(ITestOutputHelper output)
{
    private const int Chargers = 40;
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_larger_part_goes_on_and_the_other_writes_nothing_and_leaves()
    {
        LongRun.Only();
        Assert.SkipUnless(NetworkNamespace.IsPossible, "EVCHARGE_LONG_RUN: a network of its own takes root and ip.");
        await using var apart = await NetworkNamespace.CreateAsync();
        await using var line = TcpRelay.To((await PostgresServer.Shared()).Port, apart.HostAddress);
        await using var product = await Installation.StartAsync("partition", apart, line);
        using var api = await product.LoginAsync();
        await using var fleet = await ChargingFleet.StartAsync(product, api, "APART", Chargers);
        var connections = fleet.Fleet.Chargers.Sum(charger => charger.Connections);

        var clock = Stopwatch.StartNew();
        await apart.Cut();
        await fleet.WorksAsync(10 * Chargers); // more than the chargers of the other silo say in that time: those of this one go on too
        output.WriteLine($"all chargers went on {clock.Elapsed.TotalSeconds:0.0} s after the line was cut");
        if (Apart - clock.Elapsed is { Ticks: > 0 } rest)
            await Task.Delay(rest, TestContext.Current.CancellationToken);

        var mended = Stopwatch.StartNew();
        await apart.Mend();
        Assert.NotEqual(0, await product.Silos[1].EndsAsync(Limit));
        output.WriteLine($"it left {mended.Elapsed.TotalSeconds:0.0} s after the line was mended");
        await product.Silos[1].StartAsync();
        await fleet.WorksAsync(2 * Chargers);

        Assert.Equal(connections, fleet.Fleet.Chargers.Sum(charger => charger.Connections));
        await fleet.EndAsync();
    }
}
