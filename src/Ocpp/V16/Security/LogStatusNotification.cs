namespace EvCharge.Ocpp.V16.Security;

/// <summary>How an upload of a log goes (OCPP 1.6 security whitepaper, LogStatusNotification.req).</summary>
/// <param name="Status">One of <see cref="UploadLogStatus"/>, or whatever the charger sent.</param>
/// <param name="RequestId">Of the <see cref="GetLogRequest"/>; absent when nobody asked.</param>
public sealed record LogStatusNotificationRequest(
    [OneOf(typeof(UploadLogStatus))] string Status,
    int? RequestId = null);

public sealed record LogStatusNotificationResponse;

/// <summary>States of an upload of a log.</summary>
public static class UploadLogStatus
{
    public const string BadMessage = "BadMessage";
    public const string Idle = "Idle";
    public const string NotSupportedOperation = "NotSupportedOperation";
    public const string PermissionDenied = "PermissionDenied";
    public const string Uploaded = "Uploaded";
    public const string UploadFailure = "UploadFailure";
    public const string Uploading = "Uploading";
}
