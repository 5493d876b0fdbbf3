using EvCharge.SmartCharging.Sites;

namespace EvCharge.SmartCharging.Sharing;

/// <summary>The ways of sharing that others use, as simple as they are told.</summary>
internal abstract class Known : ISharing
{
    private const double Minimum = 6;
    private const double Most = 1_000;

    public abstract string Name { get; }

    public abstract void Share(IReadOnlyList<Vehicle> there, double limit, DateTimeOffset now);

    /// <summary>Every vehicle that is connected gets the same, charging or not.</summary>
    public sealed class EqualShare : Known
    {
        public override string Name => "equal share of the limit";

        public override void Share(IReadOnlyList<Vehicle> there, double limit, DateTimeOffset now)
        {
            var counts = Enumerable.Range(0, 3).Select(phase => there.Count(vehicle => Loads(vehicle, phase))).ToArray();
            foreach (var vehicle in there)
            {
                Set(vehicle, Math.Min(vehicle.Most, Enumerable.Range(0, 3).Where(phase => Loads(vehicle, phase)).Min(phase => limit / counts[phase])));
            }
        }
    }

    /// <summary>One after the other, each as much as there is; who is full is passed over.</summary>
    /// <param name="order">The lowest first.</param>
    public sealed class Greedy(string name, Func<Vehicle, DateTimeOffset, double> order) : Known
    {
        public override string Name => name;

        public override void Share(IReadOnlyList<Vehicle> there, double limit, DateTimeOffset now)
        {
            var left = new[] { limit, limit, limit };
            foreach (var vehicle in there.OrderBy(vehicle => order(vehicle, now)).ThenBy(vehicle => vehicle.Session.Id, StringComparer.Ordinal))
            {
                var free = Enumerable.Range(0, 3).Where(phase => Loads(vehicle, phase)).Min(phase => left[phase]);
                var given = vehicle.Appetite == 0 ? 0 : Math.Floor(Math.Min(vehicle.Most, free) * 10) / 10;
                given = given < Minimum ? 0 : given;
                Set(vehicle, given);
                for (var phase = 0; phase < 3; phase++)
                {
                    left[phase] -= Loads(vehicle, phase) ? Math.Min(given, vehicle.Appetite) : 0;
                }
            }
        }
    }

    private static bool Loads(Vehicle vehicle, int phase) => ((int)vehicle.Phases >> phase & 1) != 0;

    private static void Set(Vehicle vehicle, double limit)
    {
        limit = Math.Min(limit, Most);
        vehicle.Messages += Math.Abs(vehicle.Limit - limit) > 0.05 ? 1 : 0;
        vehicle.Limit = limit;
    }
}
