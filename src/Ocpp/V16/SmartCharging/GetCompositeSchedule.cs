namespace EvCharge.Ocpp.V16.SmartCharging;

/// <summary>Asks what limits follow from all profiles together (OCPP 1.6 §6.21).</summary>
/// <param name="ConnectorId">0 for the charger as a whole.</param>
/// <param name="Duration">Seconds from now on.</param>
/// <param name="ChargingRateUnit">One of <see cref="SmartCharging.ChargingRateUnit"/>; null leaves it to the charger.</param>
public sealed record GetCompositeScheduleRequest(
    [Range(0, int.MaxValue)] int ConnectorId,
    [Range(0, int.MaxValue)] int Duration,
    [OneOf(typeof(ChargingRateUnit))] string? ChargingRateUnit = null);

/// <summary>The schedule in force (OCPP 1.6 §6.22).</summary>
/// <param name="Status">One of <see cref="GetCompositeScheduleStatus"/>.</param>
/// <param name="ScheduleStart">What the periods count from.</param>
public sealed record GetCompositeScheduleResponse(
    [OneOf(typeof(GetCompositeScheduleStatus))] string Status,
    [Range(0, int.MaxValue)] int? ConnectorId = null,
    OcppTimestamp? ScheduleStart = null,
    ChargingSchedule? ChargingSchedule = null);

/// <summary>Answers to the question for a schedule (OCPP 1.6 §7.26).</summary>
public static class GetCompositeScheduleStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
}
