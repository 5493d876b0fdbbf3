using System.Diagnostics;
using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>What chargers cost that do nothing: pings, bindings, heartbeats, sweeps.</summary>
internal static class IdleCpuScenario
{
    private const int Chargers = 5_000;

    /// <summary>A whole number of the server's periods: pings come every 20 s, sweeps and bindings every minute.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(20);

    public static async Task<Findings> Measure(Effort effort)
    {
        var count = effort.Of(Chargers);
        await using var target = await Target.Start(TargetKind.Sqlite);
        (await Crowd.Start(target, 100, "W")).Dispose();
        await Task.Delay(effort.Of(Calm));
        var none = await Share(target, effort.Of(Window));

        var idle = new IdleCrowd();
        using var crowd = await Crowd.Start(target, count, idle: idle);
        await Task.Delay(effort.Of(Calm));
        var all = await Share(target, effort.Of(Window));
        if (idle.Lost > 0)
        {
            throw new InvalidOperationException($"{idle.Lost} idle chargers lost their connection.");
        }

        return new Findings(
            "Idle CPU",
            $"{count:#,0} booted chargers that answer a ping every 20 s and send a Heartbeat every 300 s, on SQLite in one process, "
            + $"over {effort.Of(Window).TotalSeconds:0} s.")
            .Need("% of a core, minus the same process without chargers", all - none, 5, 2, atLeast: false)
            .Table("Share of a core", ["chargers", "%"], [["0", Figure.Of(none)], [$"{count:#,0}", Figure.Of(all)]]);
    }

    private static async Task<double> Share(Target target, TimeSpan window)
    {
        var (cpu, clock) = (target.Cpu, Stopwatch.StartNew());
        await Task.Delay(window);
        return (target.Cpu - cpu) / clock.Elapsed * 100;
    }
}
