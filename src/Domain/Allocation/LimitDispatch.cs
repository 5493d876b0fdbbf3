namespace EvCharge.Domain.Allocation;

/// <summary>A connector as the dispatch of limits sees it.</summary>
/// <param name="Demand">For its rows and steps.</param>
/// <param name="InForce">What it may be under.</param>
/// <param name="History">What it was sent.</param>
/// <param name="Reserve">What is set aside for it whatever limits say, in A: the start of a vehicle, or what it was measured to draw.</param>
/// <param name="Reachable">False while no limit can be sent.</param>
/// <param name="Harmless">Up to what a limit raises nothing whatever the charger holds, in A: what its vehicle draws, or the start of one.</param>
/// <param name="Trial">What is counted for it as soon as it is told more than nothing, in A.</param>
/// <param name="Own">When a limit of it is worth a message; null for what holds for the site.</param>
public readonly record struct Controlled(
    Demand Demand, InForce InForce, ChangeHistory History, double Reserve, bool Reachable, double Harmless = 0, ChangePolicy? Own = null, double Trial = 0)
{
    /// <summary>What is counted for it on its rows.</summary>
    public double Reserved => Math.Max(Reserve, InForce.High);

    /// <summary>What is counted for it under another limit, in A.</summary>
    internal double Under(double limit) => limit > 0 ? Math.Max(limit, Trial) : 0;
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
        var turns = new Turns(connectors);
        var within = Within(connectors, targets);
        Decrease(connectors, within, turns, policy, now, changes);
        Increase(connectors, within, turns, policy, now, changes);
        return changes;
    }

    /// <summary>
    /// The plan knows no more of one that is in doubt than what is set aside for it. Where that is more than there is, it comes down: to its
    /// least, and then to nothing.
    /// </summary>
    private double[] Within(ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets)
    {
        var (within, tooMuch) = (targets.ToArray(), new List<int>());
        var anyAboveLeast = false;
        for (var connector = 0; connector < within.Length; connector++)
        {
            ref readonly var one = ref connectors[connector];
            if (one.Demand.Kind == DemandKind.Fixed && one.Reachable && IsOver(connector))
            {
                tooMuch.Add(connector);
                anyAboveLeast |= one.InForce.Target > one.Demand.LeastInSteps;
            }
        }

        foreach (var connector in tooMuch)
        {
            within[connector] = Math.Min(within[connector], anyAboveLeast ? connectors[connector].Demand.LeastInSteps : 0);
        }

        return within;
    }

    private void Decrease(
        ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets, Turns turns, ChangePolicy policy, DateTimeOffset now, List<LimitChange> changes)
    {
        var wants = Wants.Of(_rows, connectors, targets, policy, now);
        foreach (var (change, sleeps, cut) in Decreases(connectors, targets))
        {
            ref readonly var one = ref connectors[change.Connector];
            var own = one.Own ?? policy;
            var worth = change.Limit == 0 && turns.Yields(change.Connector, connectors, targets) ? own : wants.Worth(change.Connector, sleeps, own);
            if (change.Needed
                || (worth is not null && one.History.Allows(one.InForce.Target, change.Limit, now, worth, charges: !sleeps)))
            {
                changes.Add(change);
                wants.Freed(change.Connector, cut);
            }
        }
    }

    /// <summary>What a row needs first, then what nobody uses, and of that the largest: it is what helps the most.</summary>
    private IEnumerable<(LimitChange Change, bool Sleeps, double Cut)> Decreases(ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets)
    {
        var decreases = new List<(LimitChange Change, bool Sleeps, double Cut)>();
        for (var connector = 0; connector < connectors.Length; connector++)
        {
            ref readonly var one = ref connectors[connector];
            var (target, held) = (targets[connector], one.InForce.Target);
            if (one.Reachable && one.InForce.Asked is null && !one.InForce.Unsure && target < held)
            {
                decreases.Add((new LimitChange(connector, target, IsOver(connector)), one.Demand is { Kind: DemandKind.Sleeping or DemandKind.Idle } or { MustRest: true }, held - target));
            }
        }

        return decreases
            .OrderByDescending(decrease => decrease.Change.Needed)
            .ThenByDescending(decrease => decrease.Sleeps)
            .ThenByDescending(decrease => decrease.Cut);
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

    /// <summary>
    /// Who has the least of what it is to get comes first. Of one that may hold anything every limit may be an increase.
    /// </summary>
    private void Increase(
        ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets, Turns turns, ChangePolicy policy, DateTimeOffset now, List<LimitChange> changes)
    {
        var waiting = new List<(double Has, int Id, int Connector)>();
        for (var connector = 0; connector < connectors.Length; connector++)
        {
            ref readonly var one = ref connectors[connector];
            if (one.Reachable && one.InForce.Asked is null
                && (one.InForce.Unsure || (targets[connector] > one.InForce.Held && !turns.MustWait(connector, connectors))))
            {
                waiting.Add((one.InForce.Unsure ? 0 : one.InForce.Held / targets[connector], one.Demand.Id, connector));
            }
        }

        waiting.Sort();
        var refused = new List<int>();
        foreach (var (_, _, connector) in waiting)
        {
            ref readonly var one = ref connectors[connector];
            if (!TryIncrease(connector, in one, targets[connector], one.Own ?? policy, now, changes))
            {
                refused.Add(connector);
            }
        }

        GiveRest(connectors, targets, refused, policy, now, changes);
    }

    /// <summary>
    /// Of what is left each wants too little to be worth a message, while for one of them all of it is: it goes, half a dead band
    /// to a whole one at a time, to those who have the least of what they are to get, who then have more than that. Not where
    /// somebody waits to begin, for whose least it is kept.
    /// </summary>
    private void GiveRest(
        ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets, List<int> refused, ChangePolicy policy, DateTimeOffset now, List<LimitChange> changes)
    {
        var begin = new HashSet<int>();
        foreach (var connector in refused)
        {
            foreach (var (row, _) in connectors[connector].InForce.Held == 0 ? _rows.Of(connector) : [])
            {
                begin.Add(row);
            }
        }

        foreach (var connector in refused)
        {
            ref readonly var one = ref connectors[connector];
            var own = one.Own ?? policy;
            var more = InSteps(
                Math.Min(one.InForce.Held + own.DeadBand + own.Hysteresis, Math.Min(one.Demand.Estimate, one.Demand.Most)), in one);
            if (one.InForce.Held > 0 && more > targets[connector] && !HangsOn(connector, begin))
            {
                TryIncrease(connector, in one, more, own with { DeadBand = own.DeadBand / 2, Hysteresis = 0 }, now, changes);
            }
        }
    }

    private bool HangsOn(int connector, HashSet<int> rows)
    {
        foreach (var (row, _) in _rows.Of(connector))
        {
            if (rows.Contains(row))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryIncrease(int connector, in Controlled one, double target, ChangePolicy policy, DateTimeOffset now, List<LimitChange> changes)
    {
        var limit = Room(connector, in one, target);
        var before = one.InForce.Held;
        if (!one.InForce.Unsure && (limit <= before || !one.History.Allows(before, limit, now, policy)))
        {
            return false;
        }

        _rows.Take(connector, Math.Max(0, one.Under(limit) - one.Reserved));
        changes.Add(new LimitChange(connector, limit, one.InForce.Unsure && IsOver(connector)));
        return true;
    }

    /// <summary>
    /// The target, or as much of it as there is beside what all others may draw, in whole steps; 0 when that is less than the
    /// least. One that may hold anything is told in any case what raises nothing.
    /// </summary>
    private double Room(int connector, in Controlled one, double target)
    {
        var free = double.PositiveInfinity;
        foreach (var (row, share) in _rows.Of(connector))
        {
            free = Math.Min(free, _rows.Left[row] / share);
        }

        var limit = one.Trial - one.Reserved > Math.Max(0, free) + Least ? 0 : Math.Min(target, one.Reserved + free);
        if (one.InForce.Unsure)
        {
            // Counted with all it can carry it leaves no room for itself.
            limit = Math.Max(limit, Math.Min(target, one.Harmless));
        }
        if (limit < target)
        {
            limit = InSteps(limit, in one);
        }

        return limit >= one.Demand.LeastInSteps - Least ? limit : 0;
    }

    private static double InSteps(double limit, in Controlled one) => Math.Floor((limit / one.Demand.Step) + Least) * one.Demand.Step;

    /// <summary>What sums of doubles leave, in A.</summary>
    private const double Least = 1e-4;
}
