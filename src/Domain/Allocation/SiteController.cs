namespace EvCharge.Domain.Allocation;

/// <summary>What a site does now.</summary>
/// <param name="Plan">What all are to get, in the order of the connectors.</param>
/// <param name="Changes">The limits to be sent now, in this order.</param>
/// <param name="Withheld">The row for whose sake increases were not sent that the rules had let pass, or -1: a fault of the rules.</param>
public sealed record SiteDecision(AllocationPlan Plan, IReadOnlyList<LimitChange> Changes, int Withheld);

/// <summary>
/// Decides for a site: what its connectors wish, what they are to get, which limits go out. Its memory is used again: one
/// decision at a time.
/// </summary>
public sealed class SiteController(LimitTree tree)
{
    private readonly EnergyAllocator _allocator = new();
    private readonly LimitDispatch _dispatch = new();

    /// <param name="limits">By row of the tree, in A and W, with margins and the base load taken off; infinite for none.</param>
    public SiteDecision Decide(
        ReadOnlySpan<double> limits, IReadOnlyList<ConnectorControl> connectors, AllocationPolicy sharing, ControlPolicy policy, DateTimeOffset now)
    {
        var wishes = new Demand[connectors.Count];
        for (var connector = 0; connector < wishes.Length; connector++)
        {
            wishes[connector] = connectors[connector].Wish(now, policy);
        }

        Trials.Choose(wishes, connectors, now, policy);
        var plan = _allocator.Plan(tree, limits, wishes, sharing);
        var controlled = new Controlled[wishes.Length];
        var targets = new double[wishes.Length];
        for (var connector = 0; connector < wishes.Length; connector++)
        {
            controlled[connector] = connectors[connector].Controlled(in wishes[connector], now, policy);
            targets[connector] = connectors[connector].Target(in wishes[connector], plan.Allotments[connector].Current, policy);
        }

        var changes = _dispatch.Decide(tree, limits, controlled, targets, policy.Changes, now);
        var withheld = Worsened(limits, wishes, controlled, changes);
        return withheld < 0
            ? new SiteDecision(plan, changes, -1)
            : new SiteDecision(plan, [.. changes.Where(change => change.Limit <= controlled[change.Connector].Reserved)], withheld);
    }

    /// <summary>The row that increases would bring above its limit, or further above it, by a count of its own; -1 for none.</summary>
    private int Worsened(ReadOnlySpan<double> limits, Demand[] wishes, Controlled[] controlled, IReadOnlyList<LimitChange> changes)
    {
        var before = Array.ConvertAll(controlled, each => each.Reserved);
        var after = (double[])before.Clone();
        foreach (var change in changes)
        {
            after[change.Connector] = Math.Max(after[change.Connector], controlled[change.Connector].Under(change.Limit));
        }

        return RowCheck.Worsened(tree, limits, wishes, before, after);
    }
}
