using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>A charger with a vehicle as they are: what holds, and what is drawn.</summary>
internal sealed class SimulatedConnector(SimulatedKind kind)
{
    private const double Rest = 6;
    private readonly Queue<(DateTimeOffset At, double Limit)> _pilot = new();
    private double _default = 32;
    private double? _profile;
    private double _follows;

    /// <summary>Draws all it can.</summary>
    public static double Ignores => double.PositiveInfinity;

    public SimulatedKind Kind => kind;

    public bool IsInUse { get; private set; }

    /// <summary>It ignores its limits.</summary>
    public bool IsLiar => double.IsInfinity(kind.Excess);

    public double Appetite { get; private set; }

    public double Limit => _profile ?? _default;

    public void Start(double appetite, DateTimeOffset now)
    {
        (IsInUse, Appetite) = (true, appetite);
        Point(now);
        _follows = Limit;
    }

    public void Stop()
    {
        (IsInUse, _profile) = (false, null);
        _pilot.Clear();
    }

    /// <returns>False when it is refused: a profile for a transaction that is over.</returns>
    public bool Take(double limit, bool forTransaction, DateTimeOffset now)
    {
        if (forTransaction && !IsInUse)
        {
            return false;
        }

        if (forTransaction)
        {
            _profile = limit;
        }
        else
        {
            _default = limit;
        }

        Point(now);
        return true;
    }

    public double Draw(DateTimeOffset now)
    {
        while (_pilot.TryPeek(out var next) && next.At <= now)
        {
            _follows = _pilot.Dequeue().Limit;
        }

        var allowed = kind.Excess * _follows;
        return !IsInUse ? 0 : IsLiar ? Math.Max(Rest, Appetite) : allowed < Rest ? 0 : Math.Min(allowed, Appetite);
    }

    private void Point(DateTimeOffset now) => _pilot.Enqueue((now + TimeSpan.FromSeconds(kind.LagSeconds), Limit));
}
