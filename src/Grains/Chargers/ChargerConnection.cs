using EvCharge.Contracts.Chargers;

namespace EvCharge.Grains.Chargers;

/// <summary>The connection that holds a charger: which gateway, under which epoch, speaking which version.</summary>
internal sealed record ChargerConnection(Epoch Epoch, IGatewayObserver Gateway, string OcppVersion, string RemoteAddress);

/// <summary>
/// The fence between connections of one charger. A fresh connection always wins and gets an epoch above all before; one
/// that is bound again wins only with the highest epoch known, and never over a fresh one. With clocks apart the worst
/// case is one reconnect more.
/// </summary>
internal sealed class ConnectionFence
{
    private long _highest;
    private bool _sawFresh;

    public ChargerConnection? Current { get; private set; }

    /// <summary>The connection that lost its place by the last binding, or null.</summary>
    public ChargerConnection? Superseded { get; private set; }

    public bool TryBind(AttachRequest request, IGatewayObserver gateway, DateTimeOffset now)
    {
        Superseded = null;
        long epoch;
        if (request.Rebind)
        {
            var known = request.Known.Value;
            if (known < _highest || (_sawFresh && known != Current?.Epoch.Value))
            {
                return false;
            }

            epoch = known;
        }
        else
        {
            epoch = Math.Max(_highest + 1, now.ToUnixTimeMilliseconds());
            _sawFresh = true;
        }

        Superseded = Current is { } old && old.Epoch.Value != epoch ? old : null;
        _highest = epoch;
        Current = new ChargerConnection(new Epoch(epoch), gateway, request.OcppVersion, request.RemoteAddress);
        return true;
    }

    /// <summary>The connection of that epoch is gone for good: a binding of it that is still on its way finds no place.</summary>
    public bool TryRelease(Epoch epoch)
    {
        _highest = Math.Max(_highest, epoch.Value + 1);
        if (Current?.Epoch != epoch)
        {
            return false;
        }

        Current = null;
        return true;
    }
}
