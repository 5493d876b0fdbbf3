namespace EvCharge.Domain.Allocation;

/// <summary>A connector as the dispatch of limits sees it.</summary>
/// <param name="Demand">For its rows and steps.</param>
/// <param name="InForce">What it may be under.</param>
/// <param name="History">What it was sent.</param>
/// <param name="Reserve">What is set aside for it whatever limits say, in A: the start of a vehicle, or what it was measured to draw.</param>
/// <param name="Reachable">False while no limit can be sent.</param>
public readonly record struct Controlled(Demand Demand, InForce InForce, ChangeHistory History, double Reserve, bool Reachable)
{
    /// <summary>What is counted for it on its rows.</summary>
    public double Reserved => Math.Max(Reserve, InForce.High);
}

/// <summary>A limit to be sent.</summary>
/// <param name="Connector">Its place in the input.</param>
/// <param name="Limit">In A on each loaded phase.</param>
/// <param name="Needed">A row is over its limit until it is followed.</param>
public readonly record struct LimitChange(int Connector, double Limit, bool Needed);

/// <summary>
/// Which limits of a plan are sent now. Decreases go first; an increase takes only room that is free by what may be in force,
/// so that it waits until a decrease that makes room for it was taken and followed.
/// </summary>
public sealed class LimitDispatch
{
    private readonly RowUse _rows = new();

    /// <param name="limits">By row of the tree, as the plan was made with.</param>
    /// <param name="targets">Of the plan, in A, in the order of the connectors.</param>
    public IReadOnlyList<LimitChange> Decide(
        LimitTree tree,
        ReadOnlySpan<double> limits,
        ReadOnlySpan<Controlled> connectors,
        ReadOnlySpan<double> targets,
        ChangePolicy policy,
        DateTimeOffset now)
    {
        var demands = new Demand[connectors.Length];
        for (var connector = 0; connector < demands.Length; connector++)
        {
            demands[connector] = connectors[connector].Demand;
        }

        _rows.Begin(tree, limits, demands);
        for (var connector = 0; connector < demands.Length; connector++)
        {
            _rows.Take(connector, connectors[connector].Reserved);
        }

        var changes = new List<LimitChange>();
        Decrease(connectors, targets, policy, now, changes);
        Increase(connectors, targets, policy, now, changes);
        return changes;
    }

    private void Decrease(
        ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets, ChangePolicy policy, DateTimeOffset now, List<LimitChange> changes)
    {
        var crowded = Crowded(connectors, targets, policy, now);
        var decreases = new List<(LimitChange Change, double Cut)>();
        for (var connector = 0; connector < connectors.Length; connector++)
        {
            ref readonly var one = ref connectors[connector];
            var (target, held) = (targets[connector], one.InForce.Target);
            if (!one.Reachable || one.InForce.Asked is not null || one.InForce.Unsure || target >= held)
            {
                continue;
            }

            var needed = IsOver(connector);
            if (needed || (Waits(connector, crowded) && one.History.Allows(held, target, now, policy)))
            {
                decreases.Add((new LimitChange(connector, target, needed), held - target));
            }
        }

        // What a row needs first, and of that the largest: it is what helps the most.
        changes.AddRange(decreases
            .OrderByDescending(decrease => decrease.Change.Needed)
            .ThenByDescending(decrease => decrease.Cut)
            .Select(decrease => decrease.Change));
    }

    /// <summary>Rows on which somebody waits for more than is free.</summary>
    private HashSet<int> Crowded(
        ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets, ChangePolicy policy, DateTimeOffset now)
    {
        var crowded = new HashSet<int>();
        for (var connector = 0; connector < connectors.Length; connector++)
        {
            ref readonly var one = ref connectors[connector];
            if (!one.Reachable || targets[connector] <= one.InForce.Target
                || !one.History.Allows(one.InForce.Target, targets[connector], now, policy))
            {
                continue;
            }

            foreach (var (row, share) in _rows.Of(connector))
            {
                if (share * (targets[connector] - one.Reserved) > _rows.Left[row])
                {
                    crowded.Add(row);
                }
            }
        }

        return crowded;
    }

    private bool IsOver(int connector)
    {
        foreach (var (row, share) in _rows.Of(connector))
        {
            if (_rows.Left[row] < -share * Least)
            {
                return true;
            }
        }

        return false;
    }

    private bool Waits(int connector, HashSet<int> crowded)
    {
        foreach (var (row, _) in _rows.Of(connector))
        {
            if (crowded.Contains(row))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Who has the least of what it is to get comes first. Of one that may hold anything every limit may be an increase.
    /// </summary>
    private void Increase(
        ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets, ChangePolicy policy, DateTimeOffset now, List<LimitChange> changes)
    {
        var waiting = new List<(double Has, int Id, int Connector)>();
        for (var connector = 0; connector < connectors.Length; connector++)
        {
            ref readonly var one = ref connectors[connector];
            if (one.Reachable && one.InForce.Asked is null && (one.InForce.Unsure || targets[connector] > one.InForce.Held))
            {
                waiting.Add((one.InForce.Unsure ? 0 : one.InForce.Held / targets[connector], one.Demand.Id, connector));
            }
        }

        waiting.Sort();
        foreach (var (_, _, connector) in waiting)
        {
            ref readonly var one = ref connectors[connector];
            var limit = Room(connector, in one, targets[connector]);
            var before = one.InForce.Held;
            if (one.InForce.Unsure || (limit > before && one.History.Allows(before, limit, now, policy)))
            {
                _rows.Take(connector, Math.Max(0, limit - one.Reserved));
                changes.Add(new LimitChange(connector, limit, one.InForce.Unsure && IsOver(connector)));
            }
        }
    }

    /// <summary>
    /// The target, or as much of it as there is beside what all others may draw, in whole steps; 0 when that is less than the
    /// least.
    /// </summary>
    private double Room(int connector, in Controlled one, double target)
    {
        var free = double.PositiveInfinity;
        foreach (var (row, share) in _rows.Of(connector))
        {
            free = Math.Min(free, _rows.Left[row] / share);
        }

        var limit = Math.Min(target, one.Reserved + free);
        if (limit < target)
        {
            limit = Math.Floor((limit / one.Demand.Step) + Least) * one.Demand.Step;
        }

        return limit >= one.Demand.LeastInSteps - Least ? limit : 0;
    }

    /// <summary>What sums of doubles leave, in A.</summary>
    private const double Least = 1e-4;
}
