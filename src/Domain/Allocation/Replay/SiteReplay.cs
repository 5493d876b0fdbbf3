using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.Domain.Allocation.Replay;

/// <summary>
/// Past transactions under other settings or another limit, decided by the same control that runs a site. Chargers take each limit at once,
/// measure once a minute and say when a vehicle is full.
/// </summary>
public sealed class SiteReplay
{
    private const double Tolerance = 1e-3;
    private const string Suspended = "SuspendedEV";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Sample = TimeSpan.FromMinutes(1);

    private readonly SiteLayout _layout;
    private readonly NodeLimit _site;
    private readonly Func<DateTimeOffset, DateTimeOffset> _local;
    private readonly SiteControl _control;
    private readonly Dictionary<(string, int), PlacedConnector> _places;
    private readonly ILookup<string, int> _connectors;
    private readonly Dictionary<(string Charger, int Connector), double> _defaults = [];
    private readonly Dictionary<(string Charger, int Connector), PastVehicle> _there = [];
    private readonly Guid _activation = Guid.NewGuid();
    private readonly List<double> _uses = [];
    private DateTimeOffset _now;
    private long _images;
    private int _limits;
    private int _secondsOver;
    private TimeSpan _connected;

    /// <param name="site">The limit at the grid connection.</param>
    /// <param name="local">A moment with the offset of the site's zone.</param>
    public SiteReplay(SiteLayout layout, SharingSettings sharing, NodeLimit site, Func<DateTimeOffset, DateTimeOffset> local)
    {
        (_layout, _site, _local) = (layout, site, local);
        _control = new SiteControl(layout, sharing, new OrderTimes(Step, Step), epoch: 1);
        _places = layout.Connectors.ToDictionary(placed => (placed.Charger, placed.Connector));
        _connectors = layout.Connectors.ToLookup(placed => placed.Charger, placed => placed.Connector);
    }

    /// <param name="sessions">Those at connectors that the site does not have any more are left out.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ReplayOutcome Play(IEnumerable<PastSession> sessions, CancellationToken stop)
    {
        var coming = new Queue<PastSession>(sessions.Where(session => _places.ContainsKey((session.Charger, session.Connector))).OrderBy(session => session.From));
        var outcome = ImmutableArray.CreateBuilder<ReplayedSession>(coming.Count);
        _now = coming.TryPeek(out var first) ? first.From : DateTimeOffset.UnixEpoch;
        Come();
        var sampleAt = _now;
        while (coming.Count > 0 || _there.Count > 0)
        {
            stop.ThrowIfCancellationRequested();
            if (_there.Count == 0 && coming.Peek().From > _now)
            {
                _now = coming.Peek().From;
            }
            Leave(outcome);
            Arrive(coming);
            if (_now >= sampleAt)
            {
                foreach (var charger in _there.Keys.Select(place => place.Charger).Distinct().ToArray())
                {
                    Report(charger);
                }
                sampleAt = _now + Sample;
            }
            Judge(Decide());
            Charge();
            _now += Step;
        }
        return new ReplayOutcome(
            Jain([.. outcome.Where(session => session.WantedWh > 0).Select(session => session.DeliveredWh / session.WantedWh)]),
            _uses.Count == 0 ? null : _uses.Average(), _secondsOver, _limits, _connected.TotalHours, outcome.ToImmutable());
    }

    /// <summary>All chargers are there, and take the limit under which vehicles start.</summary>
    private void Come()
    {
        foreach (var charger in _connectors)
        {
            Report(charger.Key);
        }
        Decide();
        _now += Sample;
        Decide();
        _limits = 0;
    }

    private void Leave(ImmutableArray<ReplayedSession>.Builder outcome)
    {
        foreach (var (place, vehicle) in _there.Where(each => each.Value.Session.To <= _now).ToArray())
        {
            _there.Remove(place);
            outcome.Add(vehicle.Outcome());
            Report(place.Charger);
        }
    }

    /// <summary>One that comes before another has left, by the clocks of chargers, waits for that.</summary>
    private void Arrive(Queue<PastSession> coming)
    {
        var waiting = new List<PastSession>();
        while (coming.TryPeek(out var next) && next.From <= _now)
        {
            var session = coming.Dequeue();
            var place = (session.Charger, session.Connector);
            if (_there.ContainsKey(place))
            {
                waiting.Add(session);
                continue;
            }
            _there[place] = new PastVehicle(session, _places[place]) { Limit = _defaults.GetValueOrDefault(place) };
            Report(session.Charger);
        }
        if (waiting.Count > 0)
        {
            var rest = coming.ToArray();
            coming.Clear();
            foreach (var session in waiting.Concat(rest))
            {
                coming.Enqueue(session);
            }
        }
    }

    private double[] Decide()
    {
        var step = _control.Step(_site, _local(_now));
        foreach (var order in step.Orders)
        {
            _limits++;
            var place = (order.Charger, order.Connector);
            if (order.Transaction is null)
            {
                _defaults[place] = order.Current;
            }
            if (_there.TryGetValue(place, out var vehicle) && (order.Transaction is null || order.Transaction == vehicle.Session.Transaction))
            {
                vehicle.Limit = order.Current;
            }
            _control.End(order.Charger, order.Number, LimitOutcome.Accepted, _now);
        }
        return step.Limits;
    }

    private void Judge(double[] limits)
    {
        var (drawn, wished) = (new double[limits.Length], new double[limits.Length]);
        foreach (var vehicle in _there.Values)
        {
            for (var node = vehicle.Placed.Settings.Node; node >= 0; node = _layout.Tree.Parent(node))
            {
                for (var part = 0; part < LimitTree.RowsPerNode; part++)
                {
                    var share = _layout.Tree.Share(part, vehicle.Placed.Settings.Phases, vehicle.Placed.Settings.Conductors);
                    drawn[LimitTree.Row(node, part)] += share * vehicle.Current;
                    wished[LimitTree.Row(node, part)] += share * vehicle.Appetite;
                }
            }
        }
        var isOver = Enumerable.Range(0, limits.Length).Any(row => drawn[row] > limits[row] * (1 + Tolerance));
        _secondsOver += isOver ? (int)Step.TotalSeconds : 0;
        var crowded = Enumerable.Range(0, LimitTree.RowsPerNode).Where(row => limits[row] > 0 && wished[row] > limits[row]).ToArray();
        if (crowded.Length > 0)
        {
            _uses.Add(crowded.Max(row => drawn[row] / limits[row]));
        }
    }

    private void Charge()
    {
        foreach (var vehicle in _there.Values)
        {
            _connected += Step;
            if (vehicle.Charge(Step, _now))
            {
                Report(vehicle.Session.Charger);
            }
        }
    }

    private void Report(string charger) => _control.Report(
        new ChargerImage(
            charger, ++_images, Joined: true, Connection: 1, LimitTraits.Plain, [.. _connectors[charger].Select(connector => Image(charger, connector))], _activation),
        _now);

    private ConnectorImage Image(string charger, int connector) => _there.TryGetValue((charger, connector), out var vehicle)
        ? new ConnectorImage(
            connector, vehicle.Session.Transaction, vehicle.DoneAt is null ? "Charging" : Suspended, vehicle.Current, null, _now, null, vehicle.TakenWh)
        : new ConnectorImage(connector, null, "Available", null, null, null);

    private static double Jain(double[] shares)
    {
        var squares = shares.Sum(share => share * share);
        return squares == 0 ? 1 : Math.Pow(shares.Sum(), 2) / (shares.Length * squares);
    }
}
