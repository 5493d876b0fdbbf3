using System.Diagnostics;
using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>Chargers that send a Heartbeat as soon as the one before is answered, against a bare echo of the same frames.</summary>
internal static class HeartbeatScenario
{
    private const int Chargers = 50;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    public static async Task<Findings> Measure(Effort effort)
    {
        var targets = new List<Target>();
        try
        {
            foreach (var kind in Enum.GetValues<TargetKind>().Where(kind => kind != TargetKind.Peer || OcppRpc.IsThere))
            {
                targets.Add(await Target.Start(kind));
                await Beat(targets[^1], effort.Of(Window)); // The compiler of the server has its say first.
            }

            var rounds = new List<(TargetKind Kind, double Rate, double Cpu)[]>();
            for (var round = 0; round < effort.Rounds; round++)
            {
                var row = new List<(TargetKind, double, double)>();
                foreach (var target in targets)
                {
                    row.Add(await Beat(target, effort.Of(Window)));
                }

                rounds.Add([.. row]);
            }

            return Tell(targets, rounds);
        }
        finally
        {
            foreach (var target in targets)
            {
                await target.DisposeAsync();
            }
        }
    }

    private static async Task<(TargetKind Kind, double Rate, double Cpu)> Beat(Target target, TimeSpan window)
    {
        using var crowd = await Crowd.Start(target, Chargers);
        var (cpu, clock) = (target.Cpu, Stopwatch.StartNew());
        var counts = await Task.WhenAll(crowd.Chargers.Select(charger => Beat(charger, clock, window)));
        var elapsed = clock.Elapsed;
        var answered = counts.Sum();
        return (target.Kind, answered / elapsed.TotalSeconds, (target.Cpu - cpu).TotalMicroseconds / answered);
    }

    private static async Task<long> Beat(Charger charger, Stopwatch clock, TimeSpan window)
    {
        await Task.Yield();
        long answered = 0;
        while (clock.Elapsed < window)
        {
            await charger.Beat();
            answered++;
        }

        return answered;
    }

    private static Findings Tell(IReadOnlyList<Target> targets, List<(TargetKind Kind, double Rate, double Cpu)[]> rounds)
    {
        var findings = new Findings(
            "Heartbeat",
            $"{Chargers} booted chargers, each sends its next Heartbeat when the last is answered, so that the gateway answers all but one in 30 s. A peer that stores nothing is measured beside. Servers take turns in {rounds.Count} "
            + "rounds; medians, and ratios to the echo of the same round.");
        double Ratio(int server, Func<(TargetKind Kind, double Rate, double Cpu), double> of) =>
            rounds.Select(row => of(row[server]) / of(row[0])).Median();
        findings
            .Need("server CPU per message, standalone on SQLite, x echo", Ratio((int)TargetKind.Sqlite, one => one.Cpu), 3.5, 2, atLeast: false)
            .Need("server CPU per message, standalone on PostgreSQL, x echo", Ratio((int)TargetKind.PostgreSql, one => one.Cpu), 3.5, 2, atLeast: false)
            .Need("throughput, standalone on SQLite, x echo", Ratio((int)TargetKind.Sqlite, one => one.Rate), 0.5, 0.8, atLeast: true)
            .Need("throughput, standalone on PostgreSQL, x echo", Ratio((int)TargetKind.PostgreSql, one => one.Rate), 0.5, 0.8, atLeast: true)
            .Need("throughput, split, x echo", Ratio((int)TargetKind.Split, one => one.Rate), 0.35, 0.6, atLeast: true);
        return findings.Table(
            "Medians",
            ["server", "messages/s", "x echo", "CPU per message, µs", "x echo"],
            targets.Select((target, server) => (string[])
            [
                target.Name,
                Figure.Of(rounds.Select(row => row[server].Rate).Median()),
                Figure.Of(Ratio(server, one => one.Rate)),
                Figure.Of(rounds.Select(row => row[server].Cpu).Median()),
                Figure.Of(Ratio(server, one => one.Cpu)),
            ]));
    }
}
