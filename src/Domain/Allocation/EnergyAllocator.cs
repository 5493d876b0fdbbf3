using System.Runtime.InteropServices;

namespace EvCharge.Domain.Allocation;

/// <summary>
/// Shares what passes through the nodes of a site among its connectors. The same input gives the same plan, in whatever order
/// the connectors come. Its memory is used again by the next plan: one at a time.
/// </summary>
public sealed class EnergyAllocator
{
    private readonly RowUse _rows = new();
    private readonly WaterFill _water = new();
    private readonly StepRounding _rounding = new();
    private readonly List<int> _members = [];
    private readonly HashSet<int> _turns = [];
    private double[] _currents = [];
    private double[] _upper = [];
    private int[] _bound = [];
    private LimitReason[] _reasons = [];
    private Demand[] _demands = [];
    private double[] _reserved = [];
    private int[] _kept = [];

    private ReadOnlySpan<int> Members => CollectionsMarshal.AsSpan(_members);

    /// <param name="tree">The supply.</param>
    /// <param name="limits">By row of the tree, in A and W, with margins and the base load taken off; infinite for none.</param>
    /// <param name="demands">The connectors, each with an id of its own.</param>
    /// <param name="policy">How they share.</param>
    public AllocationPlan Plan(LimitTree tree, ReadOnlySpan<double> limits, ReadOnlySpan<Demand> demands, AllocationPolicy policy)
    {
        Begin(tree, limits, demands, policy);
        var now = _demands.AsSpan(0, demands.Length);
        SetAside(now, policy);
        Admit(now);
        FillClasses(now, policy, full: false);
        AdmitSleepers(now);
        FillClasses(now, policy, full: true);
        _rounding.Round(_rows, now, _currents.AsSpan(0, now.Length), _upper);
        return Result(now);
    }

    private void Begin(LimitTree tree, ReadOnlySpan<double> limits, ReadOnlySpan<Demand> demands, AllocationPolicy policy)
    {
        if (limits.Length != tree.Rows)
        {
            throw new ArgumentException($"The tree has {tree.Rows} rows.", nameof(limits));
        }

        if (_currents.Length < demands.Length)
        {
            (_currents, _upper, _bound) = (new double[demands.Length], new double[demands.Length], new int[demands.Length]);
            (_reasons, _demands) = (new LimitReason[demands.Length], new Demand[demands.Length]);
        }

        _turns.Clear();
        Array.Clear(_currents);
        Array.Fill(_bound, -1);
        Array.Fill(_reasons, LimitReason.Waiting);
        demands.CopyTo(_demands);
        if (!policy.Strict)
        {
            foreach (ref var demand in _demands.AsSpan(0, demands.Length))
            {
                demand = demand with { Weight = demand.Weight * Math.Pow(2, (demand.Priority - 5) / 2.0) };
            }
        }

        _rows.Begin(tree, limits, demands);
    }

    /// <summary>What is out of reach, and room for those that start without a word.</summary>
    private void SetAside(ReadOnlySpan<Demand> demands, AllocationPolicy policy)
    {
        _members.Clear();
        for (var connector = 0; connector < demands.Length; connector++)
        {
            if (demands[connector].Kind == DemandKind.Fixed)
            {
                _rows.Take(connector, demands[connector].Reserve);
                _reasons[connector] = LimitReason.Fixed;
            }
            else if (demands[connector].Kind == DemandKind.Idle)
            {
                _reasons[connector] = LimitReason.Idle;
                _members.Add(connector);
            }
        }

        KeepLaunchReserve(demands, policy.LaunchReserve ?? int.MaxValue);
    }

    /// <summary>On each row the largest reserves of those that hang on it; not their sum unless all may start at once.</summary>
    private void KeepLaunchReserve(ReadOnlySpan<Demand> demands, int starts)
    {
        if (_kept.Length != _rows.Left.Length)
        {
            (_kept, _reserved) = (new int[_rows.Left.Length], new double[_rows.Left.Length]);
        }

        Array.Clear(_kept);
        Array.Clear(_reserved);
        var order = _demands;
        _members.Sort((one, other) => Compare(order[other].Reserve, order[one].Reserve, order[one].Id, order[other].Id));
        foreach (var connector in Members)
        {
            foreach (var (row, share) in _rows.Of(connector))
            {
                if (_kept[row] < starts)
                {
                    _kept[row]++;
                    _reserved[row] += share * demands[connector].Reserve;
                }
            }
        }

        for (var row = 0; row < _reserved.Length; row++)
        {
            _rows.Keep(row, _reserved[row]);
        }
    }

    /// <summary>
    /// The minimum, in the order of class and turn. Who does not fit on the rows it hangs on is passed over, and the next may
    /// fit on others.
    /// </summary>
    private void Admit(ReadOnlySpan<Demand> demands)
    {
        Select(demands, DemandKind.Hungry);
        var order = _demands;
        _members.Sort((one, other) => CompareTurns(in order[one], in order[other]));
        foreach (var connector in Members)
        {
            Begin(connector, in demands[connector]);
        }
    }

    private void AdmitSleepers(ReadOnlySpan<Demand> demands)
    {
        Select(demands, DemandKind.Sleeping);
        var order = _demands;
        _members.Sort((one, other) => CompareTurns(in order[one], in order[other]));
        foreach (var connector in Members)
        {
            _reasons[connector] = LimitReason.Sleeping;
            Begin(connector, in demands[connector]);
        }
    }

    /// <summary>The least it can charge with, if that fits and it is not the turn of another one of its charger.</summary>
    private void Begin(int connector, in Demand demand)
    {
        var least = demand.LeastInSteps;
        if (least > 0 && least <= demand.MostInSteps && _rows.Fits(connector, least) && (!demand.TakesTurns || _turns.Add(demand.Node)))
        {
            _rows.Take(connector, least);
            _currents[connector] = least;
        }
    }

    /// <summary>Fills between the minimum and what is used or, when nobody needs more, what can be taken.</summary>
    private void FillClasses(ReadOnlySpan<Demand> demands, AllocationPolicy policy, bool full)
    {
        const int first = 9;
        for (var priority = first; priority >= (policy.Strict ? 0 : first); priority--)
        {
            _members.Clear();
            for (var connector = 0; connector < demands.Length; connector++)
            {
                ref readonly var demand = ref demands[connector];
                if (_currents[connector] > 0 && (!policy.Strict || demand.Priority == priority))
                {
                    var most = demand.MostInSteps;
                    _upper[connector] = full ? most : Math.Clamp(demand.Estimate, _currents[connector], most);
                    _members.Add(connector);
                }
            }

            if (_members.Count > 0)
            {
                _water.Fill(_rows, Members, _upper, demands, _currents, _bound);
            }
        }
    }

    private void Select(ReadOnlySpan<Demand> demands, DemandKind kind)
    {
        _members.Clear();
        for (var connector = 0; connector < demands.Length; connector++)
        {
            if (demands[connector].Kind == kind)
            {
                _members.Add(connector);
            }
        }
    }

    private AllocationPlan Result(ReadOnlySpan<Demand> demands)
    {
        var allotments = new Allotment[demands.Length];
        for (var connector = 0; connector < demands.Length; connector++)
        {
            ref readonly var demand = ref demands[connector];
            var (current, row) = (_currents[connector], _bound[connector]);
            allotments[connector] = demand.Kind is DemandKind.Fixed or DemandKind.Idle
                ? new Allotment(demand.Reserve, _reasons[connector], -1)
                : current == 0
                    ? new Allotment(0, _reasons[connector], -1)
                    : new Allotment(current, row < 0 ? LimitReason.Most : LimitReason.Row, row);
        }

        return new AllocationPlan(ImmutableCollectionsMarshal.AsImmutableArray(allotments), [.. _rows.Left]);
    }

    private static int CompareTurns(in Demand one, in Demand other) =>
        one.Priority != other.Priority ? other.Priority.CompareTo(one.Priority)
        : one.HoldsMinimum != other.HoldsMinimum ? other.HoldsMinimum.CompareTo(one.HoldsMinimum)
        : Compare(one.Rank, other.Rank, one.Id, other.Id);

    private static int Compare(double one, double other, int id, int otherId) =>
        one != other ? one.CompareTo(other) : id.CompareTo(otherId);
}
