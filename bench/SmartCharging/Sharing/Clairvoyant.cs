using EvCharge.SmartCharging.Sites;
using Google.OrTools.LinearSolver;

namespace EvCharge.SmartCharging.Sharing;

/// <summary>
/// The most energy that could have been delivered by one who knew all arrivals, departures and wishes: a linear program over
/// slots of five minutes, without a minimum current and without tapering, so that nobody reaches it.
/// </summary>
internal static class Clairvoyant
{
    private static readonly TimeSpan _slot = TimeSpan.FromMinutes(5);

    /// <param name="limit">Of each phase, in A.</param>
    /// <returns>The energy by vehicle in kWh.</returns>
    public static double[] Energy(IReadOnlyList<Vehicle> vehicles, double limit)
    {
        using var solver = Solver.CreateSolver("GLOP") ?? throw new InvalidOperationException("GLOP is not there.");
        var start = vehicles.Min(vehicle => vehicle.Session.Arrival);
        var rows = new Dictionary<(long Slot, int Phase), Constraint>();
        var goal = solver.Objective();
        var taken = new List<(Variable Current, double KwhPerAmpere)>[vehicles.Count];
        for (var one = 0; one < vehicles.Count; one++)
        {
            var (vehicle, parts) = (vehicles[one], new List<(Variable, double)>());
            var energy = solver.MakeConstraint(0, vehicle.Demand);
            var last = (vehicle.Session.Departure - start).Ticks / _slot.Ticks;
            for (var slot = (vehicle.Session.Arrival - start).Ticks / _slot.Ticks; slot <= last; slot++)
            {
                var from = Later(vehicle.Session.Arrival, start + (slot * _slot));
                var to = Later(from, Earlier(vehicle.Session.Departure, start + ((slot + 1) * _slot)));
                var share = (to - from) / _slot;
                var current = solver.MakeNumVar(0, vehicle.Most * share, "");
                var kwh = vehicle.Conductors * Vehicle.Voltage * _slot.TotalHours / 1_000;
                energy.SetCoefficient(current, kwh);
                goal.SetCoefficient(current, kwh);
                parts.Add((current, kwh));
                for (var phase = 0; phase < 3; phase++)
                {
                    if (((int)vehicle.Phases >> phase & 1) != 0)
                    {
                        if (!rows.TryGetValue((slot, phase), out var row))
                        {
                            rows[(slot, phase)] = row = solver.MakeConstraint(0, limit);
                        }

                        row.SetCoefficient(current, 1);
                    }
                }
            }

            taken[one] = parts;
        }

        goal.SetMaximization();
        return solver.Solve() == Solver.ResultStatus.OPTIMAL
            ? [.. taken.Select(parts => parts.Sum(part => part.Current.SolutionValue() * part.KwhPerAmpere))]
            : throw new InvalidOperationException("The linear program has no solution.");
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
