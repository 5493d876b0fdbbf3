namespace EvCharge.Ocpp.V16.FirmwareManagement;

/// <summary>How an upload of diagnostics goes (OCPP 1.6 §6.17).</summary>
/// <param name="Status">One of <see cref="DiagnosticsStatus"/>, or whatever the charger sent.</param>
public sealed record DiagnosticsStatusNotificationRequest([OneOf(typeof(DiagnosticsStatus))] string Status);

public sealed record DiagnosticsStatusNotificationResponse;

/// <summary>States of an upload of diagnostics (OCPP 1.6 §7.24).</summary>
public static class DiagnosticsStatus
{
    public const string Idle = "Idle";
    public const string Uploaded = "Uploaded";
    public const string UploadFailed = "UploadFailed";
    public const string Uploading = "Uploading";
}
