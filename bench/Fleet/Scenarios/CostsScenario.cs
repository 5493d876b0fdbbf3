using System.Diagnostics;
using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>What a recorded frame and a connection cost each part of a cluster of 1, 2 and 3 silos, and what follows for large fleets.</summary>
internal static class CostsScenario
{
    private const double KiB = 1_024;
    private const int Idle = 3_000;
    private const int Chargers = 150;
    private static readonly int[] Silos = [1, 2, 3];

    /// <summary>Twice and in this order, so that neither what the compiler still does nor a busy neighbour makes a slope.</summary>
    private static readonly int[] Rates = [60, 0, 30, 30, 0, 60];

    /// <summary>Until methods are compiled for good, which takes a core for the better part of a minute.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(25);

    public static async Task<Findings> Measure(Effort effort)
    {
        List<(int Silos, Costs Costs)> measured = [];
        foreach (var silos in Silos)
        {
            measured.Add((silos, await Measure(silos, effort)));
        }

        var findings = new Findings(
            "Costs",
            $"A gateway, silos and PostgreSQL. Processor time of each while {string.Join(", ", Rates.Distinct().Order())} sessions of {Charger.SessionFrames} frames begin in a second, as a line "
            + $"through what it took: what it takes without any, and for each frame. Memory with {effort.Of(Idle):#,0} idle chargers minus with none. Bytes of the database by frame: "
            + "of its files, without those that it makes ahead, and of its log.")
            .Table(
                "Processor",
                ["silos", "gateway, µs a frame", "silos, µs", "PostgreSQL, µs", "together, µs", "without frames, ms a second", "fit, R²"],
                measured.Select(row => (string[])
                [
                    $"{row.Silos}", Figure.Of(row.Costs.Gateway.Slope), Figure.Of(row.Costs.Silos.Slope), Figure.Of(row.Costs.Database.Slope), Figure.Of(row.Costs.Together),
                    Figure.Of(row.Costs.Gateway.Base + row.Costs.Silos.Base + row.Costs.Database.Base), Figure.Of(row.Costs.Silos.Fit),
                ]))
            .Table(
                "Memory and storage",
                ["silos", "gateway, KiB a connection", "silos, KiB a connection", "files, bytes a frame", "log, bytes a frame"],
                measured.Select(row => (string[])
                [
                    $"{row.Silos}", Figure.Of(row.Costs.GatewayKiB), Figure.Of(row.Costs.SilosKiB), Figure.Of(row.Costs.DataBytes), Figure.Of(row.Costs.LogBytes),
                ]));
        var plan = new FleetPlan(measured[^1].Costs);
        return findings.Table(FleetPlan.Title, FleetPlan.Columns, FleetPlan.Sizes.Select(plan.Row));
    }

    private static async Task<Costs> Measure(int silos, Effort effort)
    {
        await using var target = await Target.StartSplit(silos);
        await target.ProvideTag(ClosedLoop.Tag);
        using var crowd = await Crowd.Start(target, Chargers);
        await OpenLoop.Sessions(crowd.Chargers, Rates.Max(), effort.Of(WarmUp));

        List<(double Rate, Sample Spent)> points = [];
        var (before, frames) = (await DatabaseCost.Of(target.Database!), 0d);
        foreach (var rate in Rates)
        {
            var (from, clock) = (await Sample.Of(target), Stopwatch.StartNew());
            var answered = rate == 0 ? await Rest(effort.Of(Window)) : (await OpenLoop.Sessions(crowd.Chargers, rate, effort.Of(Window))).Length;
            points.Add((answered / clock.Elapsed.TotalSeconds, (await Sample.Of(target)).Since(from, clock.Elapsed)));
            frames += answered;
        }

        var after = await DatabaseCost.Of(target.Database!);
        var (gateway, silo) = await Memory(target, effort);
        return new Costs(
            Line.Through(points.Select(point => (point.Rate, point.Spent.Gateway))),
            Line.Through(points.Select(point => (point.Rate, point.Spent.Silos))),
            Line.Through(points.Select(point => (point.Rate, point.Spent.Database))),
            gateway,
            silo,
            (after.DataBytes - before.DataBytes) / frames,
            (after.LogBytes - before.LogBytes) / frames);
    }

    private static async Task<int> Rest(TimeSpan window)
    {
        await Task.Delay(window);
        return 0;
    }

    /// <returns>KiB of the gateway and of all silos for one more charger that is connected, booted and silent.</returns>
    private static async Task<(double Gateway, double Silos)> Memory(Target target, Effort effort)
    {
        await Task.Delay(effort.Of(Calm));
        var (gateway, silos) = (target.Gateway.Memory, target.Silos.Sum(silo => silo.Memory));
        var (idle, count) = (new IdleCrowd(), effort.Of(Idle));
        using var crowd = await Crowd.Start(target, count, "I", idle);
        await Task.Delay(effort.Of(Calm));
        return ((target.Gateway.Memory - gateway) / KiB / count, (target.Silos.Sum(silo => silo.Memory) - silos) / KiB / count);
    }

    /// <summary>Processor time, in ms; or by second, as a share of a core in thousandths.</summary>
    private sealed record Sample(double Gateway, double Silos, double Database)
    {
        public static async Task<Sample> Of(Target target) => new(
            target.Gateway.Cpu.TotalMilliseconds,
            target.Silos.Sum(silo => silo.Cpu.TotalMilliseconds),
            (await DatabaseCost.Of(target.Database!)).Cpu.TotalMilliseconds);

        public Sample Since(Sample from, TimeSpan elapsed) => new(
            (Gateway - from.Gateway) / elapsed.TotalSeconds, (Silos - from.Silos) / elapsed.TotalSeconds, (Database - from.Database) / elapsed.TotalSeconds);
    }
}
