using System.Collections.Immutable;

namespace EvCharge.Domain.ChargingProfiles;

/// <summary>A limit over time, without the charger, connector and id that it gets when it is installed (OCPP 1.6 §7.8).</summary>
/// <param name="Purpose">One of <see cref="ProfilePurpose"/>.</param>
/// <param name="Kind">One of <see cref="ProfileKind"/>.</param>
/// <param name="Recurrency">Daily or Weekly; of a recurring profile only.</param>
/// <param name="StackLevel">Of two profiles of one purpose the higher level wins.</param>
/// <param name="ValidFrom">Null for at once.</param>
/// <param name="ValidTo">Null for ever.</param>
public sealed record ProfileContent(
    string Purpose, string Kind, string? Recurrency, int StackLevel, ProfileSchedule Schedule, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo);

/// <summary>Limits one after the other (OCPP 1.6 §7.13).</summary>
/// <param name="Unit">A per phase, or W in total.</param>
/// <param name="Periods">At least one; the first starts at 0.</param>
/// <param name="Duration">Seconds; null for as long as the profile holds.</param>
/// <param name="Start">What the periods count from; null for the start of charging.</param>
/// <param name="MinimumRate">The least the vehicle can use, in the unit.</param>
public sealed record ProfileSchedule(
    string Unit, ImmutableArray<ProfilePeriod> Periods, int? Duration, DateTimeOffset? Start, double? MinimumRate)
{
    /// <summary>Two schedules are equal when they limit the same; an array alone would compare by place.</summary>
    public bool Equals(ProfileSchedule? other) =>
        other is not null
        && (Unit, Duration, Start, MinimumRate) == (other.Unit, other.Duration, other.Start, other.MinimumRate)
        && Periods.SequenceEqual(other.Periods);

    public override int GetHashCode() => HashCode.Combine(Unit, Duration, Start, MinimumRate, Periods.Length);
}

/// <summary>A limit from a moment on, up to the next period (OCPP 1.6 §7.14).</summary>
/// <param name="Start">Seconds from the start of the schedule.</param>
/// <param name="Limit">In the schedule's unit.</param>
/// <param name="Phases">1 to 3; null leaves it to the charger, which takes 3.</param>
public sealed record ProfilePeriod(int Start, double Limit, int? Phases);

/// <summary>What a profile limits (OCPP 1.6 §7.10).</summary>
public static class ProfilePurpose
{
    /// <summary>The charger as a whole.</summary>
    public const string ChargePointMax = "ChargePointMaxProfile";

    /// <summary>Every transaction that has no profile of its own.</summary>
    public const string TxDefault = "TxDefaultProfile";

    /// <summary>One transaction; gone with it.</summary>
    public const string Tx = "TxProfile";
}

/// <summary>What the times of a profile count from (OCPP 1.6 §7.9).</summary>
public static class ProfileKind
{
    public const string Absolute = "Absolute";
    public const string Recurring = "Recurring";
    public const string Relative = "Relative";
}

/// <summary>How often a recurring profile starts anew (OCPP 1.6 §7.37).</summary>
public static class ProfileRecurrency
{
    public const string Daily = "Daily";
    public const string Weekly = "Weekly";
}
