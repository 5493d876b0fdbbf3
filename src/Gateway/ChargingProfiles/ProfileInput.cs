using System.Collections.Immutable;
using EvCharge.Domain.ChargingProfiles;
using EvCharge.Gateway.Api;

namespace EvCharge.Gateway.ChargingProfiles;

/// <summary>A charging profile as it is put (OCPP 1.6 §7.8).</summary>
/// <param name="Purpose">ChargePointMaxProfile or TxDefaultProfile.</param>
/// <param name="Kind">Absolute, Recurring or Relative; Absolute by default.</param>
/// <param name="Recurrency">Daily or Weekly; of a recurring profile only.</param>
/// <param name="StackLevel">0 to 1000; 0 by default. Of two profiles of one purpose the higher level wins.</param>
/// <param name="ValidFrom">Null for at once.</param>
/// <param name="ValidTo">Null for ever.</param>
public sealed record ProfileInput(
    string? Purpose = null,
    string? Kind = null,
    string? Recurrency = null,
    int StackLevel = 0,
    ScheduleInput? Schedule = null,
    DateTimeOffset? ValidFrom = null,
    DateTimeOffset? ValidTo = null)
{
    /// <param name="path">Of the profile in the body, with the dot behind it; empty for the body itself.</param>
    /// <exception cref="ApiFault">422 naming every member at fault.</exception>
    internal ProfileContent Checked(string path)
    {
        if (Schedule is null)
        {
            throw ApiFault.Invalid($"{path}schedule", "must be there");
        }

        var profile = new ProfileContent(
            Purpose ?? "", Kind ?? ProfileKind.Absolute, Recurrency, StackLevel, Schedule.Read(), Times.Storable(ValidFrom), Times.Storable(ValidTo));
        var checks = new Checks();
        foreach (var (field, rule) in ProfileRules.Faults(profile))
        {
            checks.That(false, path + field, rule);
        }

        checks.ThrowIfAny();
        return profile;
    }
}

/// <summary>Limits one after the other (OCPP 1.6 §7.13).</summary>
/// <param name="Unit">A per phase, or W in total.</param>
/// <param name="Periods">1 to 1,000; the first starts at 0.</param>
/// <param name="Duration">Seconds; null for as long as the profile holds.</param>
/// <param name="Start">What the periods count from; null for a relative profile, which counts from the start of charging.</param>
/// <param name="MinimumRate">The least the vehicle can use, in the unit.</param>
public sealed record ScheduleInput(
    string? Unit = null,
    IReadOnlyList<PeriodInput>? Periods = null,
    int? Duration = null,
    DateTimeOffset? Start = null,
    double? MinimumRate = null)
{
    internal ProfileSchedule Read() =>
        new(Unit ?? "", [.. (Periods ?? []).Select(period => (period ?? new PeriodInput()).Read())], Duration, Times.Storable(Start), MinimumRate);
}

/// <summary>A limit from a moment on, up to the next period (OCPP 1.6 §7.14).</summary>
/// <param name="Start">Seconds from the start of the schedule.</param>
/// <param name="Limit">In the schedule's unit, in steps of 0.1.</param>
/// <param name="Phases">1 to 3; null leaves it to the charger, which takes 3.</param>
public sealed record PeriodInput(int Start = 0, double Limit = -1, int? Phases = null)
{
    internal ProfilePeriod Read() => new(Start, Limit, Phases);
}
