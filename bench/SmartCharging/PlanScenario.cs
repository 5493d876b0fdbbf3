using System.Diagnostics;
using EvCharge.Domain.Allocation;
using EvCharge.Fleet.Report;

namespace EvCharge.SmartCharging;

/// <summary>How long one plan takes, on sites that have half of what their vehicles want.</summary>
internal static class PlanScenario
{
    private const int PerPanel = 40;
    private const double Voltage = 230;
    private static readonly (int Connectors, int Plans, double Floor, double Goal)[] _sizes =
        [(100, 10_000, 2, 0.5), (1_000, 10_000, 20, 5), (10_000, 1_000, 200, 50)];

    public static Findings Measure()
    {
        var findings = new Findings(
            "Allocation: one plan",
            $"Plans one after the other on one core, each for other demands. Panels of {PerPanel} connectors, three phases, A and W limits on the site and "
            + "each panel; the site has half, a panel two thirds of what its connectors can take. Nine of ten connectors have a vehicle; of these "
            + "one in five sleeps, and half are on one phase.");
        var rows = new List<string[]>();
        foreach (var (connectors, plans, floor, goal) in _sizes)
        {
            var times = Times(connectors, plans);
            findings.Need($"p99 of a plan, {connectors:#,0} connectors, ms", At(times, 0.99), floor, goal, atLeast: false);
            rows.Add([$"{connectors:#,0}", $"{plans:#,0}", Figure.Of(At(times, 0.5)), Figure.Of(At(times, 0.99)), Figure.Of(times[^1])]);
        }

        return findings.Table("Times in ms", ["connectors", "plans", "p50", "p99", "slowest"], rows);
    }

    private static double[] Times(int connectors, int plans)
    {
        var random = new Random(connectors);
        var (tree, limits) = Supply(connectors);
        var demands = Enumerable.Range(0, connectors).Select(id => Vehicle(id, random)).ToArray();
        var allocator = new EnergyAllocator();
        var policy = new AllocationPolicy();
        var times = new double[plans];
        for (var plan = -Math.Max(50, plans / 10); plan < plans; plan++)
        {
            for (var change = 0; change < Math.Max(1, connectors / 50); change++)
            {
                var place = random.Next(connectors);
                demands[place] = Vehicle(place, random);
            }

            var began = Stopwatch.GetTimestamp();
            var made = allocator.Plan(tree, limits, demands, policy);
            var took = Stopwatch.GetElapsedTime(began);
            if (plan >= 0)
            {
                times[plan] = took.TotalMilliseconds;
            }

            if (plan % 1_000 == 0)
            {
                Check(tree, limits, demands, made);
            }
        }

        Array.Sort(times);
        return times;
    }

    /// <summary>A fast plan that is wrong is none.</summary>
    private static void Check(LimitTree tree, double[] limits, Demand[] demands, AllocationPlan plan)
    {
        var (row, excess) = RowCheck.Worst(tree, limits, demands, [.. plan.Allotments.Select(allotment => allotment.Current)]);
        if (row >= 0)
        {
            throw new InvalidOperationException($"Row {row} is exceeded by {excess}.");
        }
    }

    private static (LimitTree Tree, double[] Limits) Supply(int connectors)
    {
        var panels = (connectors + PerPanel - 1) / PerPanel;
        var tree = new LimitTree([new LimitNode("site", -1), .. Enumerable.Range(1, panels).Select(panel => new LimitNode($"panel {panel}", 0))], Voltage);
        var limits = tree.Unlimited();
        for (var node = 0; node < tree.Nodes; node++)
        {
            var current = node == 0 ? 16.0 * connectors / 2 : 16.0 * PerPanel * 2 / 3;
            limits.AsSpan(LimitTree.Row(node, 0), 3).Fill(current);
            limits[LimitTree.Row(node, LimitTree.PowerRow)] = 3 * Voltage * current * 0.95;
        }

        return (tree, limits);
    }

    private static Demand Vehicle(int id, Random random)
    {
        var single = random.Next(2) == 0;
        var most = single ? 32.0 : 16.0;
        return new Demand
        {
            Id = id,
            Node = 1 + (id / PerPanel),
            Kind = random.Next(10) == 0 ? DemandKind.Idle : random.Next(5) == 0 ? DemandKind.Sleeping : DemandKind.Hungry,
            Phases = single ? (Phases)(1 << (id % 3)) : Phases.All,
            Conductors = single ? 1 : 3,
            Estimate = 6 + (random.NextDouble() * (most - 6)),
            Most = most,
            Priority = random.Next(4, 7),
            Weight = random.Next(1, 5),
            Rank = random.Next(1_000_000),
            Reserve = 6,
        };
    }

    private static double At(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
