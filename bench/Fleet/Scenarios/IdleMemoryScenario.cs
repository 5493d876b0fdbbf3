using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>What one more charger that is connected, booted and silent takes of memory, its grains included.</summary>
internal static class IdleMemoryScenario
{
    private const double KiB = 1_024;
    private static readonly int[] Sizes = [2_000, 5_000, 10_000];

    /// <summary>Long enough for the pings of everybody and for a collection of what the connecting left behind.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(25);

    public static async Task<Findings> Measure(Effort effort)
    {
        var findings = new Findings(
            "Idle memory",
            "Anonymous resident memory (RssAnon) of one process with SQLite, and of the echo: with so many idle chargers minus with none, "
            + "by charger. Before the start of the count 100 chargers came and went.");
        var rows = new List<string[]>();
        foreach (var kind in (TargetKind[])[TargetKind.Echo, TargetKind.Sqlite])
        {
            var (none, held) = await Hold(kind, effort);
            foreach (var (size, memory) in held)
            {
                var each = (memory - none) / KiB / size;
                if (kind != TargetKind.Echo)
                {
                    findings.Need($"KiB per charger, {size:#,0} chargers", each, 40, 32, atLeast: false);
                }

                rows.Add([kind == TargetKind.Echo ? "echo" : "standalone, SQLite", $"{size:#,0}", Figure.Of(none / KiB / KiB), Figure.Of(memory / KiB / KiB), Figure.Of(each)]);
            }
        }

        return findings.Table("Memory", ["server", "chargers", "MiB with none", "MiB with all", "KiB per charger"], rows);
    }

    private static async Task<(double None, List<(int Size, double Memory)> Held)> Hold(TargetKind kind, Effort effort)
    {
        await using var target = await Target.Start(kind);
        var crowds = new List<Crowd>();
        try
        {
            (await Crowd.Start(target, 100, "W")).Dispose();
            await Task.Delay(effort.Of(Calm));
            double none = target.Memory;
            List<(int, double)> held = [];
            var idle = new IdleCrowd();
            var connected = 0;
            foreach (var size in Sizes.Select(effort.Of))
            {
                crowds.Add(await Crowd.Start(target, size - connected, $"S{connected}", idle));
                connected = size;
                await Task.Delay(effort.Of(Calm));
                held.Add((size, target.Memory));
            }

            return idle.Lost == 0 ? (none, held) : throw new InvalidOperationException($"{idle.Lost} idle chargers lost their connection.");
        }
        finally
        {
            crowds.ForEach(crowd => crowd.Dispose());
        }
    }
}
