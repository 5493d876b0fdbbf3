namespace EvCharge.Ocpp.V16.Core;

/// <summary>The state of a connector, or with connector 0 of the whole charger (OCPP 1.6 §6.47).</summary>
/// <param name="ErrorCode">One of <see cref="ChargePointErrorCode"/>, or whatever the charger sent.</param>
/// <param name="Status">One of <see cref="ChargePointStatus"/>, or whatever the charger sent.</param>
public sealed record StatusNotificationRequest(
    [Range(0, int.MaxValue)] int ConnectorId,
    [OneOf(typeof(ChargePointErrorCode))] string ErrorCode,
    [OneOf(typeof(ChargePointStatus))] string Status,
    [CiString(50)] string? Info = null,
    OcppTimestamp? Timestamp = null,
    [CiString(255)] string? VendorId = null,
    [CiString(50)] string? VendorErrorCode = null);

public sealed record StatusNotificationResponse;
