namespace EvCharge.ClusterTests.Faults;

/// <summary>An earlier version is replaced by this one, process by process as docs/operating/cluster.md says, while a fleet charges.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F11")]
public sealed class RollingUpgradeTests(ITestOutputHelper output)
{
    private const int Chargers = 200;

    [Fact]
    public async Task The_processes_of_an_earlier_version_give_way_one_by_one_and_no_session_is_lost_or_doubled()
    {
        LongRun.Only();
        var (commit, earlier) = await EarlierVersion.BuildAsync();
        await using var product = await Installation.StartAsync("upgrade", earlier);
        using var api = await product.LoginAsync();
        await using var fleet = await ChargingFleet.StartAsync(product, api, "UP", Chargers);

        await product.MigrateAsync(Build.Ours);
        await WorksAsync(fleet, $"{commit} on the new schema");
        foreach (var (process, program) in ((ProductProcess, string)[])
            [.. product.Silos.Select(silo => (silo, Build.Ours.Silo)), .. product.Gateways.Select(gateway => (gateway, Build.Ours.Gateway))])
        {
            await process.StopAsync();
            process.Assembly = program;
            await process.StartAsync();
            await WorksAsync(fleet, $"{process.Name} of this version");
        }

        await fleet.EndAsync();
    }

    private async Task WorksAsync(ChargingFleet fleet, string state) =>
        output.WriteLine($"{state}: {5 * Chargers} messages acknowledged in {(await fleet.WorksAsync(5 * Chargers)).TotalSeconds:0.0} s");
}
