namespace EvCharge.Ocpp.V16.SmartCharging;

/// <summary>Limits one after the other (OCPP 1.6 §7.13).</summary>
/// <param name="ChargingRateUnit">One of <see cref="SmartCharging.ChargingRateUnit"/>, of every limit in it. Chargers that leave it out mean the one asked for.</param>
/// <param name="Duration">Seconds; null for as long as the profile holds.</param>
/// <param name="MinChargingRate">The least the vehicle can use, in steps of 0.1.</param>
public sealed record ChargingSchedule(
    [OneOf(typeof(ChargingRateUnit)), Assumed] string ChargingRateUnit,
    [MinLength(1)] IReadOnlyList<ChargingSchedulePeriod> ChargingSchedulePeriod,
    [Range(0, int.MaxValue)] int? Duration = null,
    OcppTimestamp? StartSchedule = null,
    [Tenths] double? MinChargingRate = null);

/// <summary>A limit from a moment on, up to the next period (OCPP 1.6 §7.14).</summary>
/// <param name="StartPeriod">Seconds from the start of the schedule; the first period has 0.</param>
/// <param name="Limit">In steps of 0.1 of the schedule's unit.</param>
/// <param name="NumberPhases">Absent means 3.</param>
public sealed record ChargingSchedulePeriod(
    [Range(0, int.MaxValue)] int StartPeriod,
    [Tenths] double Limit,
    [Range(1, 3)] int? NumberPhases = null);

/// <summary>Units of limits (OCPP 1.6 §7.12): A per phase, or W in total.</summary>
public static class ChargingRateUnit
{
    public const string A = "A";
    public const string W = "W";
}
