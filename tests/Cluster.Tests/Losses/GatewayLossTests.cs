using System.Diagnostics;
using EvCharge.ClusterTests.Simulator;

namespace EvCharge.ClusterTests.Losses;

/// <summary>One of two gateways goes, or has a wrong clock: the chargers of the other one do not notice, its own come back.</summary>
[Collection(LossTests.Name)]
[Trait("fault", "F2")]
public sealed class GatewayLossTests(SplitInstallation split, ITestOutputHelper output)
{
    private const int Chargers = 20;

    /// <summary>The time within which every charger of a lost gateway is commandable again, through the other one.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Installation _product = split.Product;

    [Fact]
    public async Task A_gateway_that_is_killed_takes_nobody_with_it() => await LoseAsync("KILLED", gateway => gateway.KillAsync());

    [Fact]
    public async Task A_gateway_that_is_stopped_takes_nobody_with_it() => await LoseAsync("STOPPED", gateway => gateway.StopAsync());

    [Theory]
    [Trait("fault", "F6")]
    [InlineData("AHEAD", "+1h")]
    [InlineData("BEHIND", "-1h")]
    public async Task A_gateway_whose_clock_is_an_hour_off_serves_its_chargers_and_may_go(string prefix, string offset)
    {
        if (offset[0] == '-')
            LongRun.Only();
        var gateway = _product.Gateways[1];
        await gateway.KillAsync();
        foreach (var (name, value) in WrongClock.Of(offset))
            gateway.Environment[name] = value;
        await gateway.StartAsync();
        foreach (var (name, _) in WrongClock.Of(offset))
            gateway.Environment.Remove(name); // Its next start is one with the right time again.
        await LoseAsync(prefix, lost => lost.KillAsync(), MoveAsync);
    }

    /// <summary>A charger that leaves the gateway for the other one is the same charger, whatever either thinks the time is.</summary>
    private async Task MoveAsync(ConnectedChargers chargers, ProductApi api)
    {
        foreach (var (from, to) in ((int, int)[])[(0, 1), (1, 0)])
        {
            var identity = $"MOVE-{from}";
            await api.PutAsync($"chargers/{identity}", new { site = "losses", connectors = 1 });
            await using var before = SimulatedCharger.Start(_product.OcppOf(from), options => options with { Identity = identity, Reconnect = false });
            await before.OnlineAsync();
            await chargers.CommandableAsync([before], TimeSpan.FromSeconds(1));
            await using var after = SimulatedCharger.Start(_product.OcppOf(to), options => options with { Identity = identity, Reconnect = false });
            await after.OnlineAsync();
            await chargers.CommandableAsync([after], TimeSpan.FromSeconds(1));
            Assert.Equal(1, after.Point.CommandsReceived);
        }
    }

    private async Task LoseAsync(
        string prefix, Func<ProductProcess, Task> lose, Func<ConnectedChargers, ProductApi, Task>? before = null)
    {
        using var api = await _product.LoginAsync();
        await using var chargers = await ConnectedChargers.ConnectAsync(_product, api, prefix, Chargers);
        if (before is not null)
            await before(chargers, api);
        var (others, own) = (chargers.Of(0), chargers.Of(1));
        var connections = ConnectedChargers.Connections(others);

        var clock = Stopwatch.StartNew();
        var calls = await chargers.StayCommandableAsync(others, ReturnAsync());
        Assert.True(clock.Elapsed < Limit, $"{clock.Elapsed}");
        output.WriteLine($"{own.Count} chargers commandable again after {clock.Elapsed.TotalSeconds:0.0} s; "
            + $"meanwhile {calls} calls to the {others.Count} others were answered");

        Assert.Equal(connections, ConnectedChargers.Connections(others));
        await _product.Gateways[1].StartAsync();

        // Without the process whoever is commandable is so through the other one.
        async Task ReturnAsync()
        {
            await lose(_product.Gateways[1]);
            await chargers.CommandableAsync(own, Limit);
        }
    }
}
