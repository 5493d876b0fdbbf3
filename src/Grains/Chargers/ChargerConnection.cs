using EvCharge.Contracts.Chargers;

namespace EvCharge.Grains.Chargers;

/// <summary>The connection that holds a charger: which gateway, under which epoch, speaking which version.</summary>
internal sealed record ChargerConnection(Epoch Epoch, IGatewayObserver Gateway, string OcppVersion, string RemoteAddress);

/// <summary>
/// The fence between connections of one charger. A fresh connection always wins and gets an epoch above all before; one
/// that is bound again wins only with the highest epoch known, and never over a fresh one. The epoch comes from the silo's
/// clock and lies above all that is known: with clocks apart the worst case is one reconnect more.
/// </summary>
internal sealed class ConnectionFence
{
    private long _highest;
    private long _recorded;
    private bool _sawFresh;

    public ChargerConnection? Current { get; private set; }

    /// <summary>The connection that lost its place by the last binding, or null.</summary>
    public ChargerConnection? Superseded { get; private set; }

    /// <summary>A fresh connection gets an epoch above the moment on record, which may come from a clock that is ahead.</summary>
    public void Learn(DateTimeOffset recorded) => _recorded = recorded.ToUnixTimeMilliseconds();

    public bool TryBind(AttachRequest request, IGatewayObserver gateway, DateTimeOffset now)
    {
        Superseded = null;
        long epoch;
        if (request.Rebind)
        {
            var known = request.Known.Value;
            if (known < _highest || (_sawFresh && known != _highest))
            {
                return false;
            }

            epoch = known;
        }
        else
        {
            var above = Math.Max(Math.Max(_highest, _recorded), request.Known.Value);
            epoch = Math.Max(above + 1, now.ToUnixTimeMilliseconds());
            _sawFresh = true;
        }

        Superseded = Current is { } old && old.Epoch.Value != epoch ? old : null;
        _highest = epoch;
        Current = new ChargerConnection(new Epoch(epoch), gateway, request.OcppVersion, request.RemoteAddress);
        return true;
    }

    /// <summary>
    /// The connection of that epoch is gone for good: a binding of it that is still on its way finds no place. True when no
    /// newer one is known, so that the charger has none.
    /// </summary>
    public bool TryRelease(Epoch epoch)
    {
        var newest = epoch.Value >= _highest;
        _highest = Math.Max(_highest, epoch.Value + 1);
        if (newest)
        {
            Current = null;
        }

        return newest;
    }

    /// <summary>The connection gave no sign: it counts no more, and may be bound again should it still be there.</summary>
    public void Forget() => Current = null;
}
