using System.Diagnostics;
using System.Net.Sockets;
using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>The router of a whole region restarts: all connections break at once, and all chargers want to boot at once.</summary>
internal static class StormScenario
{
    private const int Chargers = 10_000;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    public static async Task<Findings> Measure(Effort effort)
    {
        var count = effort.Of(Chargers);
        await using var target = await Target.Start(TargetKind.Sqlite);
        var idle = new IdleCrowd();
        using var crowd = await Crowd.Start(target, count, idle: idle);
        List<double> seconds = [];
        List<double> halves = [];
        for (var round = 0; round < effort.Rounds; round++)
        {
            await Task.Delay(effort.Of(Calm));
            foreach (var charger in crowd.Chargers)
            {
                charger.Link.Break();
            }

            var (clock, back) = (Stopwatch.StartNew(), new List<double>(count));
            await Crowd.Each(crowd.Chargers, async charger =>
            {
                await Return(charger);
                idle.Add(charger);
                lock (back)
                {
                    back.Add(clock.Elapsed.TotalSeconds);
                }
            });
            seconds.Add(clock.Elapsed.TotalSeconds);
            halves.Add(back.Median());
        }

        return new Findings(
            "Storm",
            $"{count:#,0} booted chargers lose their connections at once, on SQLite in one process, and are all back when the last one's "
            + $"BootNotification is Accepted. The client makes at most 128 connections at the same time. Medians of {seconds.Count} storms.")
            .Need($"seconds until {count:#,0} chargers are accepted again", seconds.Median(), 10, 5, atLeast: false)
            .Table(
                "Storms",
                ["all accepted, s", "half of them accepted, s", "chargers/s"],
                seconds.Zip(halves, (all, half) => (string[])[Figure.Of(all), Figure.Of(half), Figure.Of(count / all)]));
    }

    /// <summary>A charger that is turned away tries again.</summary>
    private static async Task Return(Charger charger)
    {
        while (true)
        {
            try
            {
                await charger.Start();
                return;
            }
            catch (Exception refused) when (refused is IOException or SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250));
            }
        }
    }
}
