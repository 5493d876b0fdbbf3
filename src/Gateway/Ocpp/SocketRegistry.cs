using System.Collections.Concurrent;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;

namespace EvCharge.Gateway.Ocpp;

/// <summary>The connections of this gateway process, found by charger and epoch.</summary>
internal sealed class SocketRegistry
{
    private readonly ConcurrentDictionary<(ChargerId Charger, Epoch Epoch), ChargerSocket> _bound = new();
    private readonly ConcurrentDictionary<ChargerId, ChargerSocket> _binding = new();
    private readonly ConcurrentDictionary<ChargerId, ChargerSocket> _newest = new();

    public int Count => _bound.Count;

    public IEnumerable<ChargerSocket> Bound => _bound.Values;

    public void Binding(ChargerSocket socket) => _binding[socket.Charger] = socket;

    /// <summary>
    /// Makes the connection known under its epoch. Of two the older ends here: the grain's word that it lost its place may
    /// have come before it was known.
    /// </summary>
    public void BoundAs(ChargerSocket socket, Epoch epoch)
    {
        _bound[(socket.Charger, epoch)] = socket;
        _binding.TryRemove(new KeyValuePair<ChargerId, ChargerSocket>(socket.Charger, socket));
        Older(socket, epoch)?.End(SocketEnd.Superseded);
    }

    public void Remove(ChargerSocket socket)
    {
        _binding.TryRemove(new KeyValuePair<ChargerId, ChargerSocket>(socket.Charger, socket));
        _newest.TryRemove(new KeyValuePair<ChargerId, ChargerSocket>(socket.Charger, socket));
        _bound.TryRemove(new KeyValuePair<(ChargerId, Epoch), ChargerSocket>((socket.Charger, socket.Epoch), socket));
    }

    public ChargerSocket? Find(ChargerId charger, Epoch epoch) => _bound.GetValueOrDefault((charger, epoch));

    /// <summary>
    /// The connection whose binding is on its way: the grain may know its epoch, and send to it, before the gateway does.
    /// </summary>
    public ChargerSocket? FindBinding(ChargerId charger) => _binding.GetValueOrDefault(charger);

    /// <summary>The highest epoch that a connection of the charger has here.</summary>
    public Epoch NewestEpoch(ChargerId charger) => _newest.GetValueOrDefault(charger)?.Epoch ?? default;

    /// <summary>The older one of this connection and the one that was the charger's newest until now.</summary>
    private ChargerSocket? Older(ChargerSocket socket, Epoch epoch)
    {
        while (!_newest.TryAdd(socket.Charger, socket))
        {
            if (_newest.TryGetValue(socket.Charger, out var held))
            {
                if (held.Epoch.Value > epoch.Value)
                {
                    return socket;
                }

                if (_newest.TryUpdate(socket.Charger, socket, held))
                {
                    return held;
                }
            }
        }

        return null;
    }
}
