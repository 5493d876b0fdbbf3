using EvCharge.Ocpp.V16.SmartCharging;

namespace EvCharge.ChargerSimulator.ChargingProfiles;

/// <summary>One profile as limits over time, in one unit (OCPP 1.6 §3.13.3).</summary>
/// <param name="Start">What its periods count from.</param>
/// <param name="Unit">Of the limits that it answers; W are of 230 V a phase.</param>
internal sealed record LimitLine(int Connector, ChargingProfile Profile, DateTimeOffset Start, string Unit)
{
    private const double Volts = 230;
    private const int AllPhases = 3;

    private ChargingSchedule Schedule => Profile.ChargingSchedule;

    /// <summary>Seconds after which a recurring profile starts anew; 0 when it does not.</summary>
    private int Turn => (Profile.ChargingProfileKind, Profile.RecurrencyKind) switch
    {
        (ChargingProfileKind.Recurring, RecurrencyKind.Daily) => 86_400,
        (ChargingProfileKind.Recurring, _) => 7 * 86_400,
        _ => 0,
    };

    /// <summary>Null where it does not limit.</summary>
    public double? At(DateTimeOffset time)
    {
        if (time < Profile.ValidFrom?.Value || time >= Profile.ValidTo?.Value)
            return null;
        var seconds = (time - Start).TotalSeconds;
        if (Turn > 0)
            seconds -= Math.Floor(seconds / Turn) * Turn;
        if (seconds < 0 || seconds >= Schedule.Duration)
            return null;
        var period = Schedule.ChargingSchedulePeriod.Last(one => one.StartPeriod <= seconds);
        var watts = Volts * (period.NumberPhases ?? AllPhases);
        return (Schedule.ChargingRateUnit, Unit) switch
        {
            (ChargingRateUnit.A, ChargingRateUnit.W) => period.Limit * watts,
            (ChargingRateUnit.W, ChargingRateUnit.A) => Math.Floor(period.Limit / watts * 10) / 10, // Rounded up it would allow more.
            _ => period.Limit,
        };
    }

    /// <summary>Moments after <paramref name="from"/> and before <paramref name="to"/> at which its limit may change.</summary>
    public IEnumerable<DateTimeOffset> Edges(DateTimeOffset from, DateTimeOffset to)
    {
        var offsets = Schedule.ChargingSchedulePeriod.Select(period => (double)period.StartPeriod).ToList();
        if (Schedule.Duration is { } duration)
            offsets.Add(duration);
        var turns = Turn == 0 ? [0d] : Turns(from, to);
        var edges = turns.SelectMany(turn => offsets.Select(offset => (turn * Turn) + offset))
            .Where(seconds => seconds < (to - Start).TotalSeconds)
            .Select(seconds => Start.AddSeconds(seconds));
        DateTimeOffset?[] validity = [Profile.ValidFrom?.Value, Profile.ValidTo?.Value];
        return edges.Concat(validity.OfType<DateTimeOffset>()).Where(edge => edge > from && edge < to);
    }

    private IEnumerable<double> Turns(DateTimeOffset from, DateTimeOffset to)
    {
        var last = Math.Floor((to - Start).TotalSeconds / Turn);
        for (var turn = Math.Floor((from - Start).TotalSeconds / Turn); turn <= last; turn++)
            yield return turn;
    }
}
