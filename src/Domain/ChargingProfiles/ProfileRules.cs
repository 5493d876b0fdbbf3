using System.Collections.Immutable;

namespace EvCharge.Domain.ChargingProfiles;

/// <summary>What a profile must be like to stay on a charger (OCPP 1.6 §3.13, §7.8, §7.13).</summary>
public static class ProfileRules
{
    /// <summary>A message of that many periods stays far below the limit of a frame; chargers say what they take in ChargingScheduleMaxPeriods.</summary>
    public const int MostPeriods = 1_000;

    /// <summary>Profile ids below are for limits that the system works out by itself.</summary>
    public const int LowestId = 1_000;

    public const int HighestId = 999_999_999;

    private const int Day = 86_400;

    /// <summary>What is wrong with it, by member; empty when nothing is.</summary>
    public static IReadOnlyList<(string Field, string Rule)> Faults(ProfileContent profile)
    {
        var faults = new List<(string Field, string Rule)>();
        void Must(bool holds, string field, string rule)
        {
            if (!holds)
            {
                faults.Add((field, rule));
            }
        }

        var (purpose, kind, schedule) = (profile.Purpose, profile.Kind, profile.Schedule);
        Must(
            purpose is ProfilePurpose.ChargePointMax or ProfilePurpose.TxDefault,
            "purpose",
            "must be ChargePointMaxProfile or TxDefaultProfile: a TxProfile belongs to one transaction and is sent as a call");
        Must(kind is ProfileKind.Absolute or ProfileKind.Recurring or ProfileKind.Relative, "kind", "must be Absolute, Recurring or Relative");
        Must(
            kind != ProfileKind.Relative || purpose != ProfilePurpose.ChargePointMax,
            "kind",
            "must not be Relative for a ChargePointMaxProfile: it counts from no transaction");
        Must(
            kind == ProfileKind.Recurring ? profile.Recurrency is ProfileRecurrency.Daily or ProfileRecurrency.Weekly : profile.Recurrency is null,
            "recurrency",
            "must be Daily or Weekly for a recurring profile, and absent for others");
        Must(profile.StackLevel is >= 0 and <= 1_000, "stackLevel", "must be 0 to 1000");
        Must(
            profile.ValidFrom is null || profile.ValidTo is null || profile.ValidFrom < profile.ValidTo, "validTo", "must be after validFrom");
        Must(schedule.Unit is "A" or "W", "schedule.unit", "must be A or W");
        Must(
            (kind == ProfileKind.Relative) == (schedule.Start is null),
            "schedule.start",
            "must be there for an absolute or recurring profile, and absent for a relative one");
        Must(schedule.Duration is null or > 0, "schedule.duration", "must be positive");
        Must(IsTenths(schedule.MinimumRate ?? 0), "schedule.minimumRate", "must be 0 or more in steps of 0.1");
        Must(ArePeriods(schedule.Periods), "schedule.periods", $"must be 1 to {MostPeriods}, the first at 0, each later than the one before");
        Must(
            schedule.Periods.All(period => IsTenths(period.Limit) && period.Phases is null or (>= 1 and <= 3)),
            "schedule.periods",
            "must have limits of 0 or more in steps of 0.1, and 1 to 3 phases");
        var turn = (kind, profile.Recurrency) switch
        {
            (ProfileKind.Recurring, ProfileRecurrency.Daily) => Day,
            (ProfileKind.Recurring, ProfileRecurrency.Weekly) => 7 * Day,
            _ => int.MaxValue,
        };
        var end = Math.Min(turn, schedule.Duration ?? int.MaxValue);
        Must(schedule.Periods.All(period => period.Start < end), "schedule.periods", "must start before the schedule is over");
        return faults;
    }

    /// <summary>Where such a profile may lie: the charger's own limit on the charger as a whole, the other anywhere (§3.13.1).</summary>
    /// <param name="connector">0 for the charger as a whole.</param>
    public static bool Fits(string purpose, int connector) => purpose != ProfilePurpose.ChargePointMax || connector == 0;

    /// <summary>OCPP sends limits with one decimal.</summary>
    private static bool IsTenths(double limit) => limit is >= 0 and <= 10_000_000 && Math.Abs((limit * 10) - Math.Round(limit * 10)) < 1e-6;

    private static bool ArePeriods(ImmutableArray<ProfilePeriod> periods) =>
        periods.Length is >= 1 and <= MostPeriods
        && periods[0].Start == 0
        && periods.Zip(periods.Skip(1)).All(pair => pair.First.Start < pair.Second.Start);
}
