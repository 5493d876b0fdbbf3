namespace EvCharge.ChargerSimulator.Vehicles;

/// <summary>
/// The control pilot of a connector: what its charger offers follows the profiles after a while, what a vehicle draws follows the
/// pilot (IEC 61851-1: within five seconds).
/// </summary>
/// <param name="limit">What the profiles allow now, A per phase; null for no limit.</param>
/// <param name="most">What the connector carries, A.</param>
/// <param name="lag">From a new limit until it is followed.</param>
public sealed class Pilot(Func<double?> limit, double most, TimeSpan lag, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, double Current)> _coming = new();
    private double? _last;
    private double _offered;

    /// <summary>Of what its limit says it draws so much: 1 for a charger that obeys, more for one that draws too much.</summary>
    public double Excess { get; init; } = 1;

    /// <summary>It offers all that it carries, whatever its limits say.</summary>
    public bool IgnoresLimits { get; init; }

    /// <summary>What it offers now, A per phase. To be asked for whenever limits may have changed.</summary>
    public double Read()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var allowed = IgnoresLimits ? most : Math.Min(most, Excess * (limit() ?? most));
            if (_last is null)
                _offered = allowed;
            else if (_last != allowed)
                _coming.Enqueue((now + lag, allowed));
            _last = allowed;
            while (_coming.TryPeek(out var next) && next.At <= now)
                _offered = _coming.Dequeue().Current;
            return _offered;
        }
    }

    /// <summary>A vehicle begins: it is offered at once what holds then.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _coming.Clear();
            _last = null;
        }
    }
}
