using EvCharge.ClusterTests.Losses;

namespace EvCharge.ClusterTests.Faults;

/// <summary>The clock of a silo's machine jumps while it serves, as when its time is set by hand or a virtual machine is moved.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F6")]
public sealed class ClockJumpTests(ITestOutputHelper output)
{
    private const int Chargers = 30;

    [Fact]
    public async Task A_silo_whose_clock_jumps_stays_and_nobody_notices()
    {
        LongRun.Only();
        await using var product = await Installation.StartAsync(InstallationKind.Split, "clock");
        var silo = product.Silos[1];
        var offset = Path.Combine(product.Folder, "offset");
        await SetAsync(offset, "+0");
        await silo.StopAsync();
        foreach (var (name, value) in WrongClock.Following(offset))
            silo.Environment[name] = value;
        await silo.StartAsync();
        var pids = product.Processes.Select(process => process.Pid).ToArray();
        using var api = await product.LoginAsync();
        await using var fleet = await ChargingFleet.StartAsync(product, api, "CLOCK", Chargers);
        var connections = fleet.Fleet.Chargers.Sum(charger => charger.Connections);

        foreach (var jump in (string[])["+1h", "+0", "-1h", "-3m", "+0"])
        {
            await SetAsync(offset, jump);
            var took = await fleet.WorksAsync(10 * Chargers);
            output.WriteLine($"{10 * Chargers} messages were acknowledged in {took.TotalSeconds:0.0} s with a clock at {jump}");
        }

        Assert.Equal(pids, product.Processes.Select(process => process.Pid));
        Assert.Equal(connections, fleet.Fleet.Chargers.Sum(charger => charger.Connections));
        await fleet.EndAsync();
    }

    private static Task SetAsync(string file, string offset) => File.WriteAllTextAsync(file, offset + "\n", TestContext.Current.CancellationToken);
}
