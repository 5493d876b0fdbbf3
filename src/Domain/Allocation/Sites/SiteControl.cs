using EvCharge.Domain.Allocation.Limits;

namespace EvCharge.Domain.Allocation.Sites;

/// <summary>What a site decided, and the orders that follow from it.</summary>
/// <param name="At">When.</param>
/// <param name="Limits">By row, what the decision was made with.</param>
/// <param name="Orders">To be sent now, in this order.</param>
/// <param name="Withheld">A row for whose sake increases were held back that the rules had let pass, or -1.</param>
/// <param name="Believed">Whom it began to believe, or not to, since the step before.</param>
public sealed record SiteStep(
    DateTimeOffset At, double[] Limits, AllocationPlan Plan, ImmutableArray<LimitOrder> Orders, int Withheld, ImmutableArray<Belief> Believed);

/// <summary>A limit that is under way to a charger, and why it is no higher.</summary>
/// <param name="Drawn">What its vehicle was measured to draw, in A; null when nothing was.</param>
public sealed record OrderedLimit(LimitOrder Order, double? Drawn, LimitReason Reason);

/// <summary>Whether a connector is taken to follow its limits.</summary>
/// <param name="Limit">The highest that may be in force, in A.</param>
/// <param name="Drawn">What was measured last, in A.</param>
public sealed record Belief(string Charger, int Connector, bool IsDistrusted, double Limit, double Drawn);

/// <summary>
/// A site's control of its chargers: takes what they show and what became of orders, and decides. Knows no clock, no storage and
/// no network; who holds it stores <see cref="Bounds"/> before an order leaves that <see cref="MustBeWritten"/>.
/// </summary>
public sealed class SiteControl
{
    private readonly Dictionary<string, ChargerControl> _chargers = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ControlledConnector> _connectors;
    private readonly SiteController _controller;
    private readonly SharingSettings _sharing;
    private readonly ControlPolicy _policy;
    private readonly OrderTimes _times;
    private readonly long _epoch;
    private readonly SiteLoad _load;
    private long _number;
    private SiteStep? _last;

    /// <param name="epoch">Of the activation that holds it.</param>
    public SiteControl(SiteLayout layout, SharingSettings sharing, OrderTimes times, long epoch)
    {
        (Layout, _sharing, _times, _epoch) = (layout, sharing, times, epoch);
        _load = new SiteLoad(layout.BaseLoad);
        _policy = sharing.Control(layout.InWatts ? layout.Tree.Voltage : 1);
        _connectors = [.. layout.Connectors.Select(placed => new ControlledConnector(placed))];
        _controller = new SiteController(layout.Tree);
        foreach (var charger in _connectors.GroupBy(connector => connector.Placed.Charger))
        {
            _chargers[charger.Key] = new ChargerControl { Connectors = [.. charger] };
        }
    }

    public SiteLayout Layout { get; }

    public IReadOnlyCollection<string> Chargers => _chargers.Keys;

    /// <summary>Takes over from the stored bounds of an activation before.</summary>
    public void Restore(IEnumerable<ConnectorBound> bounds, DateTimeOffset now)
    {
        foreach (var bound in bounds)
        {
            _chargers.GetValueOrDefault(bound.Charger)?.Restore(bound, now);
        }
    }

    /// <summary>Takes over from the same activation's control under a configuration before.</summary>
    public void Follow(SiteControl before)
    {
        _number = before._number;
        if (Layout.InWatts == before.Layout.InWatts)
        {
            _load.Follow(before._load);
        }
        foreach (var (name, charger) in _chargers)
        {
            if (before._chargers.GetValueOrDefault(name) is { } known)
            {
                charger.Follow(known);
            }
        }
    }

    /// <summary>Takes what others than vehicles take at the grid connection.</summary>
    /// <param name="loads">
    /// By phase in A, or all together in W, as the site's limit is, with what vehicles take where the configuration says so; negative
    /// where more is generated.
    /// </param>
    /// <returns>False when the site does not take account of it, or of what is in another unit.</returns>
    public bool Measured(ImmutableArray<double> loads, DateTimeOffset now)
    {
        var (first, count) = Layout.GridRows.GetOffsetAndLength(LimitTree.RowsPerNode);
        if (loads.Length != count)
        {
            return false; // Of a configuration that has not arrived here yet, or has gone.
        }
        for (var row = 0; row < count; row++)
        {
            _load.Measured(first + row, loads[row], (part, fresh) => Drawn(part, fresh, now), now);
        }
        return _load.Counts;
    }

    /// <param name="asked">The charger was asked for it.</param>
    /// <returns>Whether a decision should not wait for the next tick.</returns>
    public bool Report(ChargerImage image, DateTimeOffset now, bool asked = false) =>
        _chargers.GetValueOrDefault(image.Charger)?.Report(image, asked, now, _policy) ?? false;

    /// <summary>Takes what somebody said of a vehicle.</summary>
    /// <returns>False when it is not there.</returns>
    public bool Take(string charger, long transaction, SessionNeeds needs)
    {
        var connector = _chargers.GetValueOrDefault(charger)?.Connectors.FirstOrDefault(each => each.Transaction == transaction);
        connector?.Take(needs);
        return connector is not null;
    }

    /// <summary>The order that is waited for; null for any other.</summary>
    public OrderedLimit? Ordered(string charger, long order) =>
        _chargers.GetValueOrDefault(charger)?.Connectors.FirstOrDefault(each => each.Order?.Number == order) is { } connector && _last is not null
            ? new OrderedLimit(connector.Order!, connector.Measured, _last.Plan.Allotments[connector.Placed.Settings.Id].Reason)
            : null;

    /// <summary>Says what became of an order; one that is no longer waited for changes nothing.</summary>
    /// <returns>Whether a decision should not wait for the next tick.</returns>
    public bool End(string charger, long order, LimitOutcome outcome, DateTimeOffset now)
    {
        if (_chargers.GetValueOrDefault(charger)?.Connectors.FirstOrDefault(each => each.Order?.Number == order) is not { } connector)
        {
            return false;
        }
        connector.End(outcome, now, _policy);
        return outcome is LimitOutcome.Accepted or LimitOutcome.Refused or LimitOutcome.Unanswered;
    }

    /// <param name="site">The limit at the grid connection.</param>
    /// <param name="local">Now, with the offset of the site's zone.</param>
    public SiteStep Step(NodeLimit site, DateTimeOffset local)
    {
        foreach (var connector in _connectors)
        {
            if (connector.Order is not null && connector.OrderDue <= local)
            {
                connector.End(LimitOutcome.Unanswered, local, _policy);
            }
            connector.Pass(local);
        }
        foreach (var charger in _chargers.Values)
        {
            charger.TakeTurns();
        }
        var (limits, decision) = Decide(site, local);
        var orders = ImmutableArray.CreateBuilder<LimitOrder>(decision.Changes.Count);
        foreach (var change in decision.Changes)
        {
            var connector = _connectors[change.Connector];
            orders.Add(connector.Send(
                ++_number, _epoch, _chargers[connector.Placed.Charger].Connection, change.Limit, local, _times, _policy));
        }
        return _last = new SiteStep(
            local.ToUniversalTime(), limits, decision.Plan, orders.DrainToImmutable(), decision.Withheld,
            [.. _connectors.Select(connector => connector.Believed()).OfType<Belief>()]);
    }

    /// <summary>What the site would give with another limit at the grid connection, without giving it.</summary>
    public ImmutableArray<ConnectorAllotment> WhatIf(NodeLimit site, DateTimeOffset local) =>
        SiteAllocation.Allotments(Layout, Decide(site, local).Decision.Plan);

    /// <summary>The order may raise what is on record for its connector: it must not leave before the bounds are written.</summary>
    public bool MustBeWritten(LimitOrder order) => Find(order)?.Exceeds(order) ?? false;

    /// <summary>What is on record says more of some connector than holds, or something else.</summary>
    public bool IsOutdated => _chargers.Values.Any(charger => charger.Connectors.Any(connector => connector.IsOutdated(charger.Connection)));

    /// <summary>All that has to survive, with the orders that are under way.</summary>
    public ImmutableArray<ConnectorBound> Bounds() =>
        [.. _chargers.Values.SelectMany(charger => charger.Connectors.Select(connector => connector.Bound(charger.Connection)))];

    /// <summary>The bounds are on record.</summary>
    public void Wrote(IEnumerable<ConnectorBound> bounds)
    {
        foreach (var bound in bounds)
        {
            _chargers.GetValueOrDefault(bound.Charger)?.Connectors
                .FirstOrDefault(connector => connector.Placed.Connector == bound.Connector)?.Wrote(bound);
        }
    }

    /// <summary>
    /// Whether an order that had to wait may still leave: it is still waited for, and what limits the site has not come down below
    /// what may be in force meanwhile.
    /// </summary>
    public bool MayLeave(LimitOrder order, NodeLimit site, DateTimeOffset local)
    {
        if (Find(order)?.Order != order)
        {
            return false;
        }
        var limits = Layout.Limits(site, _load, local);
        var demands = _connectors.Select(connector => connector.Control.Wish(local, _policy)).ToArray();
        var with = demands.Select((wish, index) => _connectors[index].Control.Controlled(in wish, local, _policy).Reserved).ToArray();
        var without = with
            .Select((current, index) => _connectors[index].Order == order ? Math.Min(current, _connectors[index].Control.InForce.Held) : current)
            .ToArray();
        return RowCheck.Worsened(Layout.Tree, limits, demands, without, with) < 0;
    }

    /// <summary>What every connector has, and why; null before the first decision.</summary>
    public SiteAllocation? View(LimitOrigin origin, double? limit, DateTimeOffset now) =>
        _last is null ? null : SiteAllocation.Of(Layout, _last, _connectors, _load, _policy, origin, limit, now);

    private (double[] Limits, SiteDecision Decision) Decide(NodeLimit site, DateTimeOffset local)
    {
        var limits = Layout.Limits(site, _load, local);
        return (limits, _controller.Decide(limits, [.. _connectors.Select(connector => connector.Control)], _sharing.Sharing, _policy, local));
    }

    /// <summary>What vehicles surely took of a row of the grid connection.</summary>
    private double Drawn(int part, TimeSpan fresh, DateTimeOffset now)
    {
        var drawn = 0.0;
        foreach (var connector in _connectors)
        {
            var settings = connector.Control.Settings;
            drawn += Layout.Tree.Share(part, settings.Phases, settings.Conductors) * connector.Surely(fresh, now);
        }

        return drawn;
    }

    private ControlledConnector? Find(LimitOrder order) =>
        _chargers.GetValueOrDefault(order.Charger)?.Connectors.FirstOrDefault(each => each.Placed.Connector == order.Connector);
}
