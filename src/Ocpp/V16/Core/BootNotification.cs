namespace EvCharge.Ocpp.V16.Core;

/// <summary>A charger that has started says what it is (OCPP 1.6 §6.3).</summary>
public sealed record BootNotificationRequest(
    [CiString(20)] string ChargePointVendor,
    [CiString(20)] string ChargePointModel,
    [CiString(25)] string? ChargePointSerialNumber = null,
    [CiString(25)] string? ChargeBoxSerialNumber = null,
    [CiString(50)] string? FirmwareVersion = null,
    [CiString(20)] string? Iccid = null,
    [CiString(20)] string? Imsi = null,
    [CiString(25)] string? MeterType = null,
    [CiString(25)] string? MeterSerialNumber = null);

/// <summary>Whether the charger may work, and the time (OCPP 1.6 §6.4).</summary>
/// <param name="Status">One of <see cref="RegistrationStatus"/>.</param>
/// <param name="Interval">Seconds: of the heartbeat when accepted, else the least wait before the next boot message.</param>
public sealed record BootNotificationResponse(
    [OneOf(typeof(RegistrationStatus))] string Status,
    OcppTimestamp CurrentTime,
    [Range(0, int.MaxValue)] int Interval);

/// <summary>Answers to a boot (OCPP 1.6 §7.38).</summary>
public static class RegistrationStatus
{
    public const string Accepted = "Accepted";
    public const string Pending = "Pending";
    public const string Rejected = "Rejected";
}
