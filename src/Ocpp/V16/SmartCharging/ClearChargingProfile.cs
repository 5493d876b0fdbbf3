namespace EvCharge.Ocpp.V16.SmartCharging;

/// <summary>Removes the charging profiles that fit every member given; without any, all (OCPP 1.6 §6.13).</summary>
/// <param name="Id">One profile; the other members do not count then (§5.16.3).</param>
/// <param name="ConnectorId">0 for profiles of the charger as a whole.</param>
/// <param name="ChargingProfilePurpose">One of <see cref="SmartCharging.ChargingProfilePurpose"/>.</param>
public sealed record ClearChargingProfileRequest(
    int? Id = null,
    [Range(0, int.MaxValue)] int? ConnectorId = null,
    [OneOf(typeof(ChargingProfilePurpose))] string? ChargingProfilePurpose = null,
    [Range(0, int.MaxValue)] int? StackLevel = null);

/// <param name="Status">One of <see cref="ClearChargingProfileStatus"/>.</param>
public sealed record ClearChargingProfileResponse([OneOf(typeof(ClearChargingProfileStatus))] string Status);

/// <summary>Answers to a removal (OCPP 1.6 §7.21); unknown when no profile fitted.</summary>
public static class ClearChargingProfileStatus
{
    public const string Accepted = "Accepted";
    public const string Unknown = "Unknown";
}
