using EvCharge.SmartCharging.Sites;
using EvCharge.Domain.Allocation;

namespace EvCharge.SmartCharging.Sharing;

/// <summary>
/// The rules of the product: estimates from a measurement each minute, plans, and limits that take only room that is free. It
/// knows neither departures nor how much a vehicle wants. Chargers take each limit at once, idle connectors hold 0 A.
/// </summary>
/// <param name="reported">Whether chargers say when a vehicle takes nothing (SuspendedEV); else it is only measured.</param>
internal sealed class Ours(string name, ChangePolicy changes, bool reported = true) : ISharing
{
    private static readonly TimeSpan _sample = TimeSpan.FromSeconds(60);
    private readonly ControlPolicy _policy = new() { Changes = changes };
    private readonly AllocationPolicy _sharing = new(LaunchReserve: 0);
    private readonly SiteController _controller = new(new LimitTree([new LimitNode("site", -1)], Vehicle.Voltage));
    private readonly Dictionary<Vehicle, ConnectorControl> _connectors = [];

    public string Name => name;

    public void Share(IReadOnlyList<Vehicle> there, double limit, DateTimeOffset now)
    {
        foreach (var vehicle in there)
        {
            _connectors[vehicle] = Follow(vehicle, now);
        }

        ReadOnlySpan<double> limits = [limit, limit, limit, double.PositiveInfinity];
        var decision = _controller.Decide(limits, [.. there.Select(vehicle => _connectors[vehicle])], _sharing, _policy, now);
        foreach (var change in decision.Changes)
        {
            var vehicle = there[change.Connector];
            _connectors[vehicle] = _connectors[vehicle].Sending(change.Limit, now, _policy).Accepted(now, _policy);
            vehicle.Limit = change.Limit;
            vehicle.Messages++;
        }
    }

    private ConnectorControl Follow(Vehicle vehicle, DateTimeOffset now)
    {
        if (!_connectors.TryGetValue(vehicle, out var connector))
        {
            connector = Arrived(vehicle, now);
        }

        if (now - connector.Demand.MeasuredAt is not { } age || age >= _sample)
        {
            connector = connector.Measured(vehicle.Current, now, _policy);
        }

        return reported && vehicle.Appetite == 0 ? connector.Suspended() : connector;
    }

    private ConnectorControl Arrived(Vehicle vehicle, DateTimeOffset now) => new ConnectorControl(new ConnectorSettings
    {
        Id = _connectors.Count,
        Node = 0,
        Phases = vehicle.Phases,
        Conductors = vehicle.Conductors,
        Most = vehicle.Most,
        Launch = 0,
    })
    {
        IsReachable = true,
        InForce = new InForce(0),
    }.Started(now);
}
