namespace EvCharge.Ocpp.V16.FirmwareManagement;

/// <summary>How a firmware update goes (OCPP 1.6 §6.19).</summary>
/// <param name="Status">One of <see cref="FirmwareStatus"/>, or whatever the charger sent.</param>
public sealed record FirmwareStatusNotificationRequest([OneOf(typeof(FirmwareStatus))] string Status);

public sealed record FirmwareStatusNotificationResponse;

/// <summary>States of a firmware update (OCPP 1.6 §7.25).</summary>
public static class FirmwareStatus
{
    public const string Downloaded = "Downloaded";
    public const string DownloadFailed = "DownloadFailed";
    public const string Downloading = "Downloading";
    public const string Idle = "Idle";
    public const string InstallationFailed = "InstallationFailed";
    public const string Installing = "Installing";
    public const string Installed = "Installed";
}
