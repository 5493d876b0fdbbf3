namespace EvCharge.Ocpp.V16.Security;

/// <summary>Something happened that concerns security (OCPP 1.6 security whitepaper, SecurityEventNotification.req).</summary>
/// <param name="Type">Free text; the whitepaper lists the usual ones.</param>
public sealed record SecurityEventNotificationRequest(
    [CiString(50)] string Type,
    [Assumed] OcppTimestamp Timestamp,
    [CiString(255)] string? TechInfo = null);

public sealed record SecurityEventNotificationResponse;
