using CsCheck;
using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>A supply and its connectors, drawn at random.</summary>
internal sealed record RandomSite(LimitTree Tree, double[] Limits, Demand[] Demands, AllocationPolicy Policy)
{
    public const double Voltage = 230;

    private static readonly double[] _steps = [0.1, 0.1, 0.1, 1, 1, 8];
    private static readonly Phases[] _phases = [Phases.All, Phases.L1, Phases.L2, Phases.L3, Phases.L1 | Phases.L3, Phases.All];

    /// <summary>Any tree, any kind of connector.</summary>
    public static readonly Gen<RandomSite> Any =
        from shape in Gen.Int[0, 1_000].List[0, 12]
        from limits in Gen.Select(Gen.Int[0, 5], Gen.Double[0, 250]).Array[(shape.Count + 1) * LimitTree.RowsPerNode]
        from demands in Connector(shape.Count + 1, OneOf(DemandKind.Hungry, DemandKind.Hungry, DemandKind.Sleeping, DemandKind.Idle, DemandKind.Fixed)).Array[0, 30]
        from strict in Gen.Bool
        from starts in Gen.Int[-1, 4]
        select Make(shape, limits, demands, new AllocationPolicy(starts < 0 ? null : starts, strict));

    /// <summary>All hungry, of one class, and using all they get, in fine steps: what max-min fairness is defined for.</summary>
    public static readonly Gen<RandomSite> Plain =
        Any.Select(site => site with
        {
            Policy = new AllocationPolicy(),
            Demands = [.. site.Demands.Select(demand => demand with { Kind = DemandKind.Hungry, Estimate = demand.Most, Step = 0.1, Priority = 5, HoldsMinimum = false })],
        });

    public AllocationPlan Plan() => new EnergyAllocator().Plan(Tree, Limits, Demands, Policy);

    /// <summary>Sums by row, by the definition: who hangs below the node and loads the phase.</summary>
    public double[] Sums(Func<int, double> current)
    {
        var sums = new double[Tree.Rows];
        for (var connector = 0; connector < Demands.Length; connector++)
        {
            for (var node = 0; node < Tree.Nodes; node++)
            {
                if (IsBelow(Demands[connector].Node, node))
                {
                    for (var phase = 0; phase < 3; phase++)
                    {
                        sums[(node * 4) + phase] += Demands[connector].Phases.Has(phase) ? current(connector) : 0;
                    }

                    sums[(node * 4) + 3] += Demands[connector].Conductors * Voltage * current(connector);
                }
            }
        }

        return sums;
    }

    public bool Loads(int connector, int row) =>
        IsBelow(Demands[connector].Node, row / 4) && (row % 4 == 3 || Demands[connector].Phases.Has(row % 4));

    /// <summary>What one more step of a current takes of a row.</summary>
    public double Step(int connector, int row) => row % 4 == 3 ? Demands[connector].Conductors * Voltage * 0.1 : 0.1;

    private bool IsBelow(int node, int above)
    {
        while (node > above)
        {
            node = Tree.Parent(node);
        }

        return node == above;
    }

    private static Gen<Demand> Connector(int nodes, Gen<DemandKind> kind) =>
        from node in Gen.Int[0, nodes - 1]
        from what in kind
        from phases in OneOf(_phases)
        from step in OneOf(_steps)
        from estimate in Gen.Double[0, 40]
        from most in Gen.Double[4, 40]
        from priority in Gen.Int[0, 9]
        from weight in OneOf(0.5, 1, 1, 2, 4)
        from holds in Gen.Bool
        from rank in Gen.Int[0, 3]
        from reserve in Gen.Int[0, 10]
        select new Demand
        {
            Id = 0,
            Node = node,
            Kind = what,
            Phases = phases,
            Conductors = phases.Count(),
            Step = step,
            Estimate = estimate,
            Most = most,
            Priority = priority,
            Weight = weight,
            HoldsMinimum = holds,
            Rank = rank,
            Reserve = reserve,
        };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static RandomSite Make(List<int> shape, (int Any, double Limit)[] limits, Demand[] demands, AllocationPolicy policy)
    {
        LimitNode[] nodes = [new LimitNode("site", -1), .. shape.Select((number, place) => new LimitNode($"node {place + 1}", number % (place + 1)))];
        var tree = new LimitTree(nodes, Voltage);
        var rows = limits.Select((limit, row) => limit.Any < 2 ? double.PositiveInfinity : limit.Limit * (row % 4 == 3 ? 3 * Voltage : 1)).ToArray();
        return new RandomSite(tree, rows, [.. demands.Select((demand, id) => demand with { Id = id })], policy);
    }
}
