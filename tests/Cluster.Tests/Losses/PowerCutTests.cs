using System.Diagnostics;
using EvCharge.Servers;

namespace EvCharge.ClusterTests.Losses;

/// <summary>All silos and gateways are gone at once, and what the database says about them is a lie when they come back.</summary>
[Collection(LossTests.Name)]
[Trait("fault", "F10")]
public sealed class PowerCutTests(SplitInstallation split, ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Installation _product = split.Product;

    [Fact]
    public Task After_a_power_cut_all_is_ready_within_a_minute_at_the_same_addresses()
    {
        LongRun.Only();
        return CutAsync("SAME", move: false);
    }

    [Fact]
    public Task After_a_power_cut_all_is_ready_within_a_minute_at_other_addresses() => CutAsync("OTHER", move: true);

    private async Task CutAsync(string prefix, bool move)
    {
        if (!move)
            await KeepSiloPortsAsync();
        await _product.KillAsync();
        if (move)
            MoveAll();

        var clock = Stopwatch.StartNew();
        await _product.StartAsync(Limit);
        output.WriteLine($"ready {clock.Elapsed.TotalSeconds:0.0} s after the power came back");
        using var api = await _product.LoginAsync();
        await using var chargers = await ConnectedChargers.ConnectAsync(_product, api, prefix, 10);
        output.WriteLine($"chargers commandable after {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.True(clock.Elapsed < Limit, $"{clock.Elapsed}");
    }

    /// <summary>Without a port of their own silos take another one at each start.</summary>
    private async Task KeepSiloPortsAsync()
    {
        foreach (var silo in _product.Silos)
        {
            await silo.KillAsync();
            SetPorts(silo);
        }

        await Task.WhenAll(_product.Silos.Select(silo => silo.StartAsync()));
    }

    private void MoveAll()
    {
        foreach (var process in _product.Processes)
            process.MoveToOtherPorts();
        foreach (var silo in _product.Silos)
            SetPorts(silo);
    }

    private static void SetPorts(ProductProcess silo)
    {
        silo.Environment["EVCHARGE_SILO_PORT"] = $"{FreePort.Draw()}";
        silo.Environment["EVCHARGE_SILO_CLIENT_PORT"] = $"{FreePort.Draw()}";
    }
}
