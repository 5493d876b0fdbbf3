namespace EvCharge.Ocpp.V16.Security;

/// <summary>Tells the charger to fetch, verify and install a firmware (OCPP 1.6 security whitepaper, SignedUpdateFirmware.req).</summary>
/// <param name="RequestId">Comes back in each <see cref="SignedFirmwareStatusNotificationRequest"/>.</param>
/// <param name="Retries">How often a failed download is tried again; null leaves it to the charger.</param>
/// <param name="RetryInterval">Seconds between two attempts; null leaves it to the charger.</param>
public sealed record SignedUpdateFirmwareRequest(
    int RequestId,
    Firmware Firmware,
    [Range(0, int.MaxValue)] int? Retries = null,
    [Range(0, int.MaxValue)] int? RetryInterval = null) : INumberedRequest;

/// <summary>A signed firmware (OCPP 1.6 security whitepaper, FirmwareType).</summary>
/// <param name="Location">URI of the firmware.</param>
/// <param name="RetrieveDateTime">Not to be fetched before.</param>
/// <param name="SigningCertificate">PEM, by which the signature is verified.</param>
/// <param name="Signature">Base64.</param>
/// <param name="InstallDateTime">Not to be installed before; null for at once.</param>
public sealed record Firmware(
    [CiString(512)] string Location,
    OcppTimestamp RetrieveDateTime,
    [CiString(5_500)] string SigningCertificate,
    [CiString(800)] string Signature,
    OcppTimestamp? InstallDateTime = null);

/// <param name="Status">One of <see cref="UpdateFirmwareStatus"/>.</param>
public sealed record SignedUpdateFirmwareResponse([OneOf(typeof(UpdateFirmwareStatus))] string Status);

/// <summary>Answers to a firmware update.</summary>
public static class UpdateFirmwareStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";

    /// <summary>Accepted, and an update that was going on is given up for it.</summary>
    public const string AcceptedCanceled = "AcceptedCanceled";
    public const string InvalidCertificate = "InvalidCertificate";
    public const string RevokedCertificate = "RevokedCertificate";
}
