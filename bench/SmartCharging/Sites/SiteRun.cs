using EvCharge.SmartCharging.Sharing;

namespace EvCharge.SmartCharging.Sites;

/// <summary>Real sessions on one site, under one way of sharing, in steps of ten seconds.</summary>
internal sealed class SiteRun(IReadOnlyList<Vehicle> vehicles, double limit)
{
    public const int StepSeconds = 10;
    private const double Tolerance = 0.01;
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(StepSeconds);

    public RunResult Play(ISharing sharing)
    {
        foreach (var vehicle in vehicles)
        {
            vehicle.Reset();
        }

        var end = vehicles.Max(vehicle => vehicle.Session.Departure);
        var (over, crowded, used, connected) = (0, 0.0, 0.0, 0L);
        for (var now = vehicles[0].Session.Arrival; now < end; now += _step)
        {
            var there = vehicles.Where(vehicle => vehicle.IsThere(now)).ToArray();
            connected += there.Length;
            sharing.Share(there, limit, now);
            for (var phase = 0; phase < 3; phase++)
            {
                var drawn = there.Sum(vehicle => vehicle.Phases.HasFlag((Domain.Allocation.Phases)(1 << phase)) ? vehicle.Current : 0);
                var wished = there.Sum(vehicle => vehicle.Phases.HasFlag((Domain.Allocation.Phases)(1 << phase)) ? vehicle.Appetite : 0);
                over += drawn > limit * (1 + Tolerance) ? StepSeconds : 0;
                if (wished > limit)
                {
                    (crowded, used) = (crowded + 1, used + (drawn / limit));
                }
            }

            Array.ForEach(there, vehicle => vehicle.Charge(_step));
        }

        return new RunResult(
            sharing.Name,
            vehicles.Sum(vehicle => vehicle.Taken),
            [.. vehicles.Where(vehicle => vehicle.Demand > 0).Select(vehicle => vehicle.Taken / vehicle.Demand)],
            over,
            crowded == 0 ? 1 : used / crowded,
            vehicles.Sum(vehicle => vehicle.Messages) / (connected * StepSeconds / 3_600.0));
    }
}

/// <summary>What came of a run.</summary>
/// <param name="EnergyKwh">Delivered.</param>
/// <param name="Shares">Of what each vehicle would have taken.</param>
/// <param name="SecondsOver">Of any phase above its limit.</param>
/// <param name="Use">Drawn by limit, in the steps in which the vehicles wish for more than the limit.</param>
/// <param name="Messages">Limits sent for each hour that a session is connected.</param>
internal sealed record RunResult(string Name, double EnergyKwh, double[] Shares, int SecondsOver, double Use, double Messages)
{
    /// <summary>Jain's index: 1 when all get the same share of what they want.</summary>
    public double Jain => Math.Pow(Shares.Sum(), 2) / (Shares.Length * Shares.Sum(share => share * share));

    public double FifthPercentile => Shares.Order().ElementAt(Shares.Length / 20);
}
