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
    private const double Minimum = 6;
    private static readonly TimeSpan _sample = TimeSpan.FromSeconds(60);
    private readonly DemandPolicy _demands = new();
    private readonly AllocationPolicy _policy = new(LaunchReserve: 0);
    private readonly LimitTree _tree = new([new LimitNode("site", -1)], Vehicle.Voltage);
    private readonly EnergyAllocator _allocator = new();
    private readonly LimitDispatch _dispatch = new();
    private readonly Dictionary<Vehicle, State> _states = [];

    public string Name => name;

    public void Share(IReadOnlyList<Vehicle> there, double limit, DateTimeOffset now)
    {
        var states = there.Select((vehicle, place) => Follow(vehicle, now)).ToArray();
        var demands = there.Select((vehicle, place) => Wish(vehicle, states[place], place, now)).ToArray();
        double[] limits = [limit, limit, limit, double.PositiveInfinity];
        var plan = _allocator.Plan(_tree, limits, demands, _policy);
        var controlled = states.Select((state, place) => new Controlled(demands[place], state.InForce, state.History, 0, Reachable: true)).ToArray();
        var targets = plan.Allotments.Select(allotment => allotment.Current).ToArray();
        foreach (var change in _dispatch.Decide(_tree, limits, controlled, targets, changes, now))
        {
            Send(there[change.Connector], states[change.Connector], change.Limit, now);
        }
    }

    private State Follow(Vehicle vehicle, DateTimeOffset now)
    {
        if (!_states.TryGetValue(vehicle, out var state))
        {
            _states[vehicle] = state = new State(vehicle.Most, now);
        }

        state.InForce = state.InForce.At(now);
        if (now - state.Demand.MeasuredAt is not { } age || age >= _sample)
        {
            state.Demand = state.Demand.Measured(vehicle.Current, now, vehicle.Limit, state.LimitedAt, Minimum, vehicle.Most, _demands);
            state.InForce = state.InForce.Measured(vehicle.Current);
        }

        if (reported && vehicle.Limit >= Minimum && vehicle.Appetite == 0)
        {
            state.Demand = state.Demand.Suspended();
        }

        return state;
    }

    private Demand Wish(Vehicle vehicle, State state, int place, DateTimeOffset now) => new()
    {
        Id = place,
        Node = 0,
        Kind = state.Demand.Sleeps || state.History.Rests(now, changes) ? DemandKind.Sleeping : DemandKind.Hungry,
        Phases = vehicle.Phases,
        Conductors = vehicle.Conductors,
        Estimate = state.Demand.At(now, vehicle.Most, _demands),
        Most = vehicle.Most,
        Rank = AdmissionRank.Of(now - state.RunsSince, now - state.WaitsSince, changes.Turn),
    };

    private void Send(Vehicle vehicle, State state, double limit, DateTimeOffset now)
    {
        state.History = state.History.Sent(vehicle.Limit, limit, now, changes);
        state.InForce = state.InForce.Sending(limit).Accepted(now, _demands.Settle);
        state.RunsSince = limit == 0 ? null : state.RunsSince ?? now;
        state.WaitsSince = limit == 0 ? now : null;
        state.LimitedAt = now;
        vehicle.Limit = limit;
        vehicle.Messages++;
    }

    private sealed class State(double most, DateTimeOffset now)
    {
        public VehicleDemand Demand { get; set; } = VehicleDemand.Unknown(most);

        public InForce InForce { get; set; } = new(0);

        public ChangeHistory History { get; set; } = ChangeHistory.None;

        public DateTimeOffset LimitedAt { get; set; } = now;

        public DateTimeOffset? RunsSince { get; set; }

        public DateTimeOffset? WaitsSince { get; set; }
    }
}
