using System.Diagnostics;
using System.Text.Json;
using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>What a curve over very many samples costs, the whole and a part that was zoomed to.</summary>
internal static class CurvesScenario
{
    private const int Samples = 1_000_000;
    private const int SamplesInFrame = 250;
    private const int Points = 1_500;
    private const double MiB = 1_024 * 1_024;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    public static async Task<Findings> Measure(Effort effort)
    {
        var samples = effort.Of(Samples) / SamplesInFrame * SamplesInFrame;
        var findings = new Findings(
            "Curves",
            $"A connector whose session holds {samples:#,0} samples of energy and power, {SamplesInFrame} in a frame, one for each second; its power as {Points:#,0} points "
            + $"over all of them and over shorter stretches. {effort.Rounds} rounds, the median; memory is RssAnon after them minus before.");
        var rows = new List<string[]>();
        foreach (var kind in (TargetKind[])[TargetKind.Sqlite, TargetKind.PostgreSql])
        {
            await using var target = await Target.Start(kind);
            var from = DateTimeOffset.UnixEpoch.AddYears(55);
            await Fill(target, from, samples);
            foreach (var share in (int[])[1, 10, 100])
            {
                var covered = samples / share;
                var (memory, cpu) = (target.Memory, target.Cpu);
                var times = new List<double>();
                for (var round = 0; round < effort.Rounds; round++)
                {
                    var clock = Stopwatch.StartNew();
                    var answer = await target.Api.Series("charger/C00000/connector/1/power", from, from + (Step * covered), Points);
                    times.Add(clock.Elapsed.TotalMilliseconds);
                    Ensure(answer, Math.Min(Points, covered));
                }

                rows.Add(
                [
                    target.Name, $"{covered:#,0}", Figure.Of(times.Median()), Figure.Of((target.Cpu - cpu).TotalMilliseconds / effort.Rounds),
                    Figure.Of((target.Memory - memory) / MiB),
                ]);
                if (share == 1)
                {
                    findings.Need($"ms for a curve over all of it, {target.Name}", times.Median(), 5_000, 1_000, atLeast: false);
                }
            }
        }

        return findings.Table("Curves", ["server", "samples covered", "ms", "processor ms of the server", "MiB more"], rows);
    }

    private static async Task Fill(Target target, DateTimeOffset from, int samples)
    {
        await target.ProvideTag(ClosedLoop.Tag);
        using var crowd = await Crowd.Start(target, 1);
        var charger = crowd.Chargers[0];
        await charger.Step(0, ClosedLoop.Tag, from);
        await charger.Step(1, ClosedLoop.Tag, from);
        await charger.Step(2, ClosedLoop.Tag, from);
        for (var sample = 0; sample < samples; sample += SamplesInFrame)
        {
            await charger.Report(from + (Step * sample), Step, SamplesInFrame);
        }
    }

    /// <exception cref="InvalidOperationException">The curve is shorter than what was measured.</exception>
    private static void Ensure(string answer, int points)
    {
        using var document = JsonDocument.Parse(answer);
        var found = document.RootElement.GetProperty("series")[0].GetProperty("at").GetArrayLength();
        if (found < points * 0.99)
        {
            throw new InvalidOperationException($"A curve of {points} points has only {found}.");
        }
    }
}
