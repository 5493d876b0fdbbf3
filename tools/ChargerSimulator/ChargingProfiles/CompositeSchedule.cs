using EvCharge.Ocpp.V16.SmartCharging;

namespace EvCharge.ChargerSimulator.ChargingProfiles;

/// <summary>What several profiles allow together (OCPP 1.6 §3.13.3, §3.13.4).</summary>
internal static class CompositeSchedule
{
    /// <summary>
    /// The limits from a moment on; empty when nothing limits then. They end where nothing limits any more, since a schedule
    /// cannot say that.
    /// </summary>
    /// <param name="connector">0 for the charger as a whole, which only its own limit counts for.</param>
    public static IReadOnlyList<ChargingSchedulePeriod> Of(IReadOnlyList<LimitLine> lines, int connector, DateTimeOffset from, int seconds)
    {
        var edges = lines.SelectMany(line => line.Edges(from, from.AddSeconds(seconds))).Prepend(from).Distinct().Order();
        List<ChargingSchedulePeriod> periods = [];
        foreach (var edge in edges)
        {
            if (At(lines, connector, edge) is not { } limit)
                break;
            if (periods.Count == 0 || periods[^1].Limit != limit)
                periods.Add(new ChargingSchedulePeriod((int)(edge - from).TotalSeconds, limit));
        }

        return periods;
    }

    private static double? At(IReadOnlyList<LimitLine> lines, int connector, DateTimeOffset time)
    {
        var whole = Highest(lines, ChargingProfilePurpose.ChargePointMaxProfile, time);
        if (connector == 0)
            return whole;
        var own = Highest(lines, ChargingProfilePurpose.TxProfile, time) ?? Highest(lines, ChargingProfilePurpose.TxDefaultProfile, time);
        return whole is { } all && own is { } one ? Math.Min(all, one) : whole ?? own;
    }

    // Of two levels the higher one that limits then; of one level that of the connector before that of the charger.
    private static double? Highest(IEnumerable<LimitLine> lines, string purpose, DateTimeOffset time) =>
        lines.Where(line => line.Profile.ChargingProfilePurpose == purpose)
            .OrderByDescending(line => line.Profile.StackLevel).ThenByDescending(line => line.Connector)
            .Select(line => line.At(time)).FirstOrDefault(limit => limit is not null);
}
