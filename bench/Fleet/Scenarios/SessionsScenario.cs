using System.Diagnostics;
using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>
/// Whole charging sessions on PostgreSQL, whose start, samples and stop are committed before they are answered: as many as
/// possible, and a fixed number in each second with the times of their answers.
/// </summary>
internal static class SessionsScenario
{
    private const int Chargers = 50;
    private const int OpenLoopRate = 150;
    private const int OpenLoopChargers = 150;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    /// <summary>A server runs for weeks: until its methods are compiled for good the compiler takes a fifth of the processor.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public static async Task<Findings> Measure(Effort effort)
    {
        await using var alone = await Target.Start(TargetKind.PostgreSql);
        await using var split = await Target.Start(TargetKind.Split);
        Target[] targets = [alone, split];
        var closed = new Dictionary<Target, List<double>>();
        var latencies = new Dictionary<Target, List<double[]>>();
        foreach (var target in targets)
        {
            (closed[target], latencies[target]) = ([], []);
            await target.ProvideTag(ClosedLoop.Tag);
        }

        for (var round = -1; round < effort.Rounds; round++)
        {
            foreach (var target in targets)
            {
                var warms = round < 0;
                using var crowd = await Crowd.Start(target, OpenLoopChargers);
                var rate = await ClosedLoop.Sessions(crowd.Chargers[..Chargers], effort.Of(warms ? WarmUp : Window));
                var answers = await OpenLoop.Sessions(crowd.Chargers, OpenLoopRate, effort.Of(warms ? WarmUp : Window));
                if (!warms)
                {
                    closed[target].Add(rate);
                    latencies[target].Add(answers);
                }
            }
        }

        return new Findings(
            "Sessions",
            $"Sessions of {Charger.SessionFrames} frames: Authorize, Preparing, Start, Charging, 8 MeterValues of two samples, Finishing, Stop, "
            + $"Available. Closed loop: {Chargers} booted chargers without pause. Open loop: {OpenLoopRate} sessions begin in each second, "
            + "a frame counts from the moment when it was due.")
            .Need("sessions/s, closed loop, standalone", closed[alone].Median(), 300, 500, atLeast: true)
            .Need("p99 of an answer, open loop, standalone, ms", latencies[alone].Select(P99).Median(), 100, null, atLeast: false)
            .Table(
                "Medians",
                ["server", "sessions/s", "frames/s", "open loop p50, ms", "p99, ms", "slowest, ms"],
                targets.Select(target => (string[])
                [
                    target.Name,
                    Figure.Of(closed[target].Median()),
                    Figure.Of(closed[target].Median() * Charger.SessionFrames),
                    Figure.Of(latencies[target].Select(answers => At(answers, 0.5)).Median()),
                    Figure.Of(latencies[target].Select(P99).Median()),
                    Figure.Of(latencies[target].Select(answers => answers[^1]).Median()),
                ]));
    }

    private static double P99(double[] sorted) => At(sorted, 0.99);

    private static double At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];
}
