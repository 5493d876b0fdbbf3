namespace EvCharge.Ocpp.V16.Security;

/// <summary>How an update with a signed firmware goes (OCPP 1.6 security whitepaper, SignedFirmwareStatusNotification.req).</summary>
/// <param name="Status">One of <see cref="SignedFirmwareStatus"/>, or whatever the charger sent.</param>
/// <param name="RequestId">Of the <see cref="SignedUpdateFirmwareRequest"/>; absent when nobody asked.</param>
public sealed record SignedFirmwareStatusNotificationRequest(
    [OneOf(typeof(SignedFirmwareStatus))] string Status,
    int? RequestId = null);

public sealed record SignedFirmwareStatusNotificationResponse;

/// <summary>States of an update with a signed firmware.</summary>
public static class SignedFirmwareStatus
{
    public const string Downloaded = "Downloaded";
    public const string DownloadFailed = "DownloadFailed";
    public const string Downloading = "Downloading";
    public const string DownloadScheduled = "DownloadScheduled";
    public const string DownloadPaused = "DownloadPaused";
    public const string Idle = "Idle";
    public const string InstallationFailed = "InstallationFailed";
    public const string Installing = "Installing";
    public const string Installed = "Installed";
    public const string InstallRebooting = "InstallRebooting";
    public const string InstallScheduled = "InstallScheduled";
    public const string InstallVerificationFailed = "InstallVerificationFailed";
    public const string InvalidSignature = "InvalidSignature";
    public const string SignatureVerified = "SignatureVerified";
}
