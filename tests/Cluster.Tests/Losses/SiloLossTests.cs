using System.Diagnostics;

namespace EvCharge.ClusterTests.Losses;

/// <summary>Silos come and go while the sockets stay open: no charger notices more than a late answer.</summary>
[Collection(LossTests.Name)]
[Trait("fault", "F1")]
public sealed class SiloLossTests(SplitInstallation split, ITestOutputHelper output)
{
    private const int Chargers = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    /// <summary>What a busy machine may add to any 99th percentile.</summary>
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(20);

    private readonly Installation _product = split.Product;

    [Fact]
    public Task Every_socket_outlives_a_silo_that_is_killed() => LoseAsync("KILLED", [_product.Silos[1]], silo => silo.KillAsync());

    [Fact]
    public Task Every_socket_outlives_a_silo_that_is_stopped()
    {
        LongRun.Only();
        return LoseAsync("STOPPED", [_product.Silos[1]], silo => silo.StopAsync());
    }

    [Fact]
    public Task Every_socket_outlives_all_silos() => LoseAsync("ALL", _product.Silos, async silo =>
    {
        await silo.KillAsync();
        silo.Launch();
    });

    [Fact]
    public async Task Answers_are_as_fast_as_before_15_seconds_after_a_silo_was_killed()
    {
        LongRun.Only();
        using var api = await _product.LoginAsync();
        await using var chargers = await ConnectedChargers.ConnectAsync(_product, api, "SPEED", Chargers);
        await chargers.ReportAsync(Calm); // what the compiler does at first is no measure
        var before = await chargers.ReportAsync(Watched);

        await _product.Silos[1].KillAsync();
        var meanwhile = await chargers.ReportAsync(Calm);
        var after = await chargers.ReportAsync(Watched);
        output.WriteLine($"99 of 100 StatusNotifications answered within {before.TotalMilliseconds:0} ms before, "
            + $"{meanwhile.TotalMilliseconds:0} ms in the {Calm.TotalSeconds:0} s after the loss, {after.TotalMilliseconds:0} ms after these");
        await _product.Silos[1].StartAsync();

        Assert.InRange(after, TimeSpan.Zero, (2 * before) + Noise);
    }

    private async Task LoseAsync(string prefix, IReadOnlyList<ProductProcess> silos, Func<ProductProcess, Task> lose)
    {
        using var api = await _product.LoginAsync();
        await using var chargers = await ConnectedChargers.ConnectAsync(_product, api, prefix, Chargers);
        var connections = ConnectedChargers.Connections(chargers.All);

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(silos.Select(lose));
        var took = await chargers.CommandableAsync(chargers.All, Limit);
        output.WriteLine($"{Chargers} chargers commandable again {clock.Elapsed.TotalSeconds:0.0} s after the loss, {took.TotalSeconds:0.0} s after the end of the processes");

        Assert.Equal(connections, ConnectedChargers.Connections(chargers.All));
        foreach (var silo in silos.Where(silo => !silo.IsRunning))
            silo.Launch();
        foreach (var silo in silos)
            await silo.ReadyAsync(Limit);
    }
}
