using System.Diagnostics;

namespace EvCharge.ClusterTests.Faults;

/// <summary>
/// All chargers are cut off at once, go on charging, and come back at once with what they could not say: messages of old times, each
/// sent until it is answered.
/// </summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F12")]
public sealed class OfflineQueueStormTests(ITestOutputHelper output)
{
    private const int Chargers = 300;

    /// <summary>Until every charger is accepted again, and until all queues are empty.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>By the clock of the chargers, which goes a hundred times as fast.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task All_are_accepted_and_what_they_kept_is_stored_in_order_with_its_own_times()
    {
        LongRun.Only();
        await using var product = await Installation.StartAsync(InstallationKind.Split, "storm");
        using var api = await product.LoginAsync();
        await using var fleet = await ChargingFleet.StartAsync(product, api, "STORM", Chargers);

        await Task.WhenAll(product.Gateways.Select(gateway => gateway.KillAsync()));
        await Task.Delay(Outage / ChargingFleet.TimeScale, TestContext.Current.CancellationToken);
        var queued = fleet.Fleet.Chargers.Sum(charger => charger.WaitingMessages);
        Assert.InRange(queued, Chargers, int.MaxValue);

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(product.Gateways.Select(gateway => gateway.StartAsync()));
        var started = clock.Elapsed;
        await Task.WhenAll(fleet.Fleet.Chargers.Select(charger => charger.WaitOnlineAsync(TestContext.Current.CancellationToken)))
            .WaitAsync(Limit, TestContext.Current.CancellationToken);
        var accepted = clock.Elapsed;
        await fleet.CatchesUpAsync(Limit);
        output.WriteLine(
            $"{Chargers} chargers with {queued} messages: accepted {(accepted - started).TotalSeconds:0.0} s after the gateways were ready, "
            + $"all said {(clock.Elapsed - accepted).TotalSeconds:0.0} s later");
        await fleet.EndAsync();
    }
}
