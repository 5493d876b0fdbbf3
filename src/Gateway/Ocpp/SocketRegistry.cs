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

    /// <summary>
    /// Up to which epoch the grain has closed connections, one entry for a charger at most. It stays: the answer that makes an
    /// older connection known may come after the whole life of a newer one, and whatever comes later is above it.
    /// </summary>
    private readonly ConcurrentDictionary<ChargerId, (Epoch Epoch, SocketEnd End)> _closed = new();

    public int Count => _bound.Count;

    /// <summary>All of them, without a copy and without holding up whoever comes or goes meanwhile.</summary>
    public IEnumerable<ChargerSocket> Bound => _bound.Select(bound => bound.Value);

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
        if (_closed.TryGetValue(socket.Charger, out var closed) && epoch.Value <= closed.Epoch.Value)
        {
            socket.End(closed.End);
        }
    }

    /// <summary>
    /// Ends the connection of that epoch, also when the answer that makes it known is still on its way: of two gateways that
    /// bind the same charger the slower one may hear first that it has lost.
    /// </summary>
    public void Close(ChargerId charger, Epoch epoch, SocketEnd end)
    {
        _closed.AddOrUpdate(charger, (epoch, end), (_, held) => held.Epoch.Value > epoch.Value ? held : (epoch, end));
        Find(charger, epoch)?.End(end);
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

    /// <summary>The highest epoch that a connection of the charger has or had here, as far as is known: a new one must be above it.</summary>
    public Epoch NewestEpoch(ChargerId charger)
    {
        var (newest, closed) = (_newest.GetValueOrDefault(charger)?.Epoch ?? default, _closed.GetValueOrDefault(charger).Epoch);
        return newest.Value > closed.Value ? newest : closed;
    }

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
