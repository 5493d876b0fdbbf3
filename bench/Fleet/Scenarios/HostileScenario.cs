using System.Diagnostics;
using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>Twenty clients that mean harm beside eighty that do not.</summary>
internal static class HostileScenario
{
    private const int Healthy = 80;
    private const double MiB = 1_048_576;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    /// <summary>Twenty in all; a flood costs the client as much as the server, so there are fewer of those.</summary>
    private static readonly (Offence Offence, int Count)[] Offenders =
        [(Offence.Silence, 4), (Offence.HalfHandshake, 6), (Offence.ByteWise, 6), (Offence.Flood, 4)];

    public static async Task<Findings> Measure(Effort effort)
    {
        await using var target = await Target.Start(TargetKind.Sqlite);
        using var crowd = await Crowd.Start(target, Healthy);
        await target.Provide(Hostile(target).Select(offender => offender.Name));
        await Beats(crowd, effort.Of(Window));
        var rounds = new List<(double Alone, double Beside, double MoreMemory)>();
        var offenders = new List<Offender>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            var alone = await Beats(crowd, effort.Of(Window));
            var before = target.Memory;
            using var over = new CancellationTokenSource();
            var hostile = Hostile(target).ToArray();
            offenders.AddRange(hostile);
            var harm = hostile.Select(offender => Task.Run(() => offender.Run(over.Token))).ToArray();
            var (beside, most) = await Watched(target, Beats(crowd, effort.Of(Window)));
            await over.CancelAsync();
            await Task.WhenAll(harm);
            rounds.Add((alone, beside, (most - before) / MiB));
        }

        return Tell(rounds, offenders);
    }

    private static IEnumerable<Offender> Hostile(Target target) =>
        from kind in Offenders
        from number in Enumerable.Range(0, kind.Count)
        select new Offender(target.Address, kind.Offence, $"X{kind.Offence}{number}");

    /// <summary>The result, and the most memory that the server held until it came.</summary>
    private static async Task<(double Result, long Memory)> Watched(Target target, Task<double> measured)
    {
        var most = target.Memory;
        while (!measured.IsCompleted)
        {
            await Task.WhenAny(measured, Task.Delay(TimeSpan.FromMilliseconds(200)));
            most = Math.Max(most, target.Memory);
        }

        return (await measured, most);
    }

    /// <returns>The 99th percentile of the times of all answers, each from the moment when its Heartbeat was due. Milliseconds.</returns>
    private static async Task<double> Beats(Crowd crowd, TimeSpan window)
    {
        var clock = Stopwatch.StartNew();
        var answers = await Task.WhenAll(crowd.Chargers.Select((charger, number) => Beats(charger, clock, Beat * ((double)number / Healthy), window)));
        var sorted = answers.SelectMany(times => times).Order().ToArray();
        return sorted[(int)((sorted.Length - 1) * 0.99)];
    }

    private static async Task<List<double>> Beats(Charger charger, Stopwatch clock, TimeSpan first, TimeSpan window)
    {
        await Task.Yield();
        List<double> times = [];
        for (var due = first; due < window; due += Beat)
        {
            if (due - clock.Elapsed is { Ticks: > 0 } early)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)));
            }

            await charger.Beat();
            times.Add((clock.Elapsed - due).TotalMilliseconds);
        }

        return times;
    }

    private static Findings Tell(List<(double Alone, double Beside, double MoreMemory)> rounds, List<Offender> offenders) => new Findings(
        "Hostile",
        $"{Healthy} booted chargers with a Heartbeat each {Beat.TotalMilliseconds:0} ms, alone and beside {Offenders.Sum(kind => kind.Count)} hostile "
        + $"clients that come back as soon as they are cut, on SQLite in one process. Medians of {rounds.Count} rounds of {Window.TotalSeconds:0} s.")
        .Need("p99 of the healthy beside the hostile, x alone", rounds.Select(round => round.Beside / round.Alone).Median(), 2, null, atLeast: false)
        .Need("seconds until an offender is cut, the slowest", offenders.SelectMany(offender => offender.CutAfter).Max(), 10, null, atLeast: false)
        .Need("more memory, the most of all rounds, MiB", rounds.Max(round => round.MoreMemory), 50, null, atLeast: false)
        .Table(
            "Healthy chargers",
            ["p99 alone, ms", "p99 beside the hostile, ms", "more memory, MiB"],
            rounds.Select(round => (string[])[Figure.Of(round.Alone), Figure.Of(round.Beside), Figure.Of(round.MoreMemory)]))
        .Table(
            "Offenders",
            ["offence", "clients", "times cut", "slowest, s"],
            offenders.GroupBy(offender => offender.Offence).Select(kind => (string[])
            [
                $"{kind.Key}",
                $"{kind.Count() / rounds.Count}",
                $"{kind.Sum(offender => offender.CutAfter.Count)}",
                Figure.Of(kind.SelectMany(offender => offender.CutAfter).Max()),
            ]));
}
