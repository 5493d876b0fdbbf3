namespace EvCharge.Ocpp.V16.SmartCharging;

/// <summary>Installs a charging profile (OCPP 1.6 §6.43).</summary>
/// <param name="ConnectorId">0 for the charger as a whole.</param>
public sealed record SetChargingProfileRequest(
    [Range(0, int.MaxValue)] int ConnectorId,
    ChargingProfile CsChargingProfiles);

/// <param name="Status">One of <see cref="ChargingProfileStatus"/>.</param>
public sealed record SetChargingProfileResponse([OneOf(typeof(ChargingProfileStatus))] string Status);

/// <summary>Answers to a charging profile (OCPP 1.6 §7.11).</summary>
public static class ChargingProfileStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
    public const string NotSupported = "NotSupported";
}
