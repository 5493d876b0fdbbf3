using EvCharge.ClusterTests.Losses;
using EvCharge.Servers;

namespace EvCharge.ClusterTests.Faults;

/// <summary>The database answers late: what needs it waits so long, and what does not is as fast as ever.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F4")]
public sealed class SlowDatabaseTests(ITestOutputHelper output)
{
    private const int Charging = 30;
    private const int Idle = 20;
    private const int Beats = 20;
    private const long LargestGrowth = 200L << 20;
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Heartbeats_do_not_wait_for_it_and_nothing_is_lost()
    {
        LongRun.Only();
        var server = await PostgresServer.Start();
        await using var line = TcpRelay.To(server.Port);
        await using var product = await Installation.StartAsync(InstallationKind.Split, "slow", server, line);
        using var api = await product.LoginAsync();
        await using var idle = await ConnectedChargers.ConnectAsync(product, api, "IDLE", Idle);
        await using var fleet = await ChargingFleet.StartAsync(product, api, "SLOW", Charging);
        var memory = product.Processes.Select(process => process.ResidentBytes).ToArray();
        var (fast, usual) = (await fleet.WorksAsync(10 * Charging), await BeatAsync(idle));

        line.Delay = OneWay;
        var (slow, late) = (await fleet.WorksAsync(10 * Charging), await BeatAsync(idle));
        output.WriteLine($"{10 * Charging} messages of sessions took {fast.TotalSeconds:0.0} s, with {2 * OneWay.TotalMilliseconds} ms more for each round trip {slow.TotalSeconds:0.0} s; "
            + $"99 of 100 heartbeats {usual:0} ms and {late:0} ms");
        Assert.InRange(late, 0, 1_000); // what waits for the database anywhere would be slower by round trips of it
        Assert.All(product.Processes.Zip(memory), pair => Assert.InRange(pair.First.ResidentBytes - pair.Second, long.MinValue, LargestGrowth));

        line.Delay = TimeSpan.Zero;
        await fleet.CatchesUpAsync();
        await fleet.EndAsync();
    }

    /// <returns>In how many ms 99 of 100 heartbeats were answered.</returns>
    private static async Task<double> BeatAsync(ConnectedChargers idle)
    {
        var times = new List<double>();
        for (var beat = 0; beat < Beats; beat++)
        {
            times.AddRange(await Task.WhenAll(idle.All.Select(async charger =>
            {
                var began = TimeProvider.System.GetTimestamp();
                var answer = await charger.Point.CallAsync("Heartbeat", "{}"u8.ToArray(), charger.Stop);
                Assert.True(answer.IsAnswered, answer.ToString());
                return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
            })));
        }

        return times.Order().ElementAt((int)(times.Count * 0.99));
    }
}
