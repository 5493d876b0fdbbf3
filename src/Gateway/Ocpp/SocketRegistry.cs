using System.Collections.Concurrent;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;

namespace EvCharge.Gateway.Ocpp;

/// <summary>The connections of this gateway process, found by charger and epoch.</summary>
internal sealed class SocketRegistry
{
    private readonly ConcurrentDictionary<(ChargerId Charger, Epoch Epoch), ChargerSocket> _bound = new();
    private readonly ConcurrentDictionary<ChargerId, ChargerSocket> _binding = new();

    public int Count => _bound.Count;

    public IEnumerable<ChargerSocket> Bound => _bound.Values;

    public void Binding(ChargerSocket socket) => _binding[socket.Charger] = socket;

    public void BoundAs(ChargerSocket socket, Epoch epoch)
    {
        _bound[(socket.Charger, epoch)] = socket;
        _binding.TryRemove(new KeyValuePair<ChargerId, ChargerSocket>(socket.Charger, socket));
    }

    public void Remove(ChargerSocket socket)
    {
        _binding.TryRemove(new KeyValuePair<ChargerId, ChargerSocket>(socket.Charger, socket));
        _bound.TryRemove(new KeyValuePair<(ChargerId, Epoch), ChargerSocket>((socket.Charger, socket.Epoch), socket));
    }

    public ChargerSocket? Find(ChargerId charger, Epoch epoch) => _bound.GetValueOrDefault((charger, epoch));

    /// <summary>
    /// The connection whose binding is on its way: the grain may know its epoch, and send to it, before the gateway does.
    /// </summary>
    public ChargerSocket? FindBinding(ChargerId charger) => _binding.GetValueOrDefault(charger);
}
