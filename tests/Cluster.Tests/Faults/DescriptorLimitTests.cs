using System.Diagnostics;
using EvCharge.ClusterTests.Simulator;

namespace EvCharge.ClusterTests.Faults;

/// <summary>More chargers come than a gateway has file descriptors for.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F14")]
public sealed class DescriptorLimitTests(ITestOutputHelper output)
{
    private const int Chargers = 300;
    private const int Room = 100;
    private const int Plenty = 20_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_gateway_without_descriptors_keeps_whom_it_has_and_lets_others_in_when_there_is_room()
    {
        LongRun.Only();
        await using var product = await Installation.StartAsync(InstallationKind.Standalone, "descriptors");
        using var api = await product.LoginAsync();
        await api.PutAsync("sites/crowd", new { name = "Crowd", timeZone = "Europe/Paris", energyUnit = "A" });
        var process = product.Gateways[0];
        var names = Enumerable.Range(0, Chargers).Select(number => $"CROWD{number:000}").ToArray();
        foreach (var name in names)
            await api.PutAsync($"chargers/{name}", new { site = "crowd", connectors = 1 });
        SetLimit(process, Directory.GetFiles($"/proc/{process.Pid}/fd").Length + Room);

        await using var crowd = new SimulatedChargers();
        foreach (var name in names)
        {
            crowd.Add(SimulatedCharger.Start(product.Ocpp, options => options with
            {
                Identity = name, BackOff = TimeSpan.FromMilliseconds(500), LongestBackOff = TimeSpan.FromSeconds(2),
            }));
        }

        await Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken); // long enough for all to have tried more than once
        var inside = crowd.All.Where(charger => charger.Point.WaitOnlineAsync(charger.Stop).IsCompletedSuccessfully).ToList();
        output.WriteLine($"{inside.Count} of {Chargers} chargers were let in with room for {Room} more descriptors");
        Assert.InRange(inside.Count, Room / 4, Room);
        foreach (var charger in inside.Take(5))
            Assert.True((await charger.Point.CallAsync("Heartbeat", "{}"u8.ToArray(), charger.Stop)).IsAnswered);

        var clock = Stopwatch.StartNew();
        SetLimit(process, Plenty);
        await Task.WhenAll(crowd.All.Select(charger => charger.OnlineAsync())).WaitAsync(Limit, TestContext.Current.CancellationToken);
        output.WriteLine($"all were in {clock.Elapsed.TotalSeconds:0.0} s after there was room");
    }

    private static void SetLimit(ProductProcess process, int descriptors)
    {
        using var set = Process.Start("prlimit", ["--pid", $"{process.Pid}", $"--nofile={descriptors}:{Plenty}"]);
        set.WaitForExit();
        Assert.Equal(0, set.ExitCode);
    }
}
