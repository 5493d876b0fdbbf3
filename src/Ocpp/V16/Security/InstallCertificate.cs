namespace EvCharge.Ocpp.V16.Security;

/// <summary>Installs a root certificate (OCPP 1.6 security whitepaper, InstallCertificate.req).</summary>
/// <param name="CertificateType">One of <see cref="CertificateUse"/>.</param>
/// <param name="Certificate">PEM.</param>
public sealed record InstallCertificateRequest(
    [OneOf(typeof(CertificateUse))] string CertificateType,
    [CiString(5_500)] string Certificate);

/// <param name="Status">One of <see cref="InstallCertificateStatus"/>.</param>
public sealed record InstallCertificateResponse([OneOf(typeof(InstallCertificateStatus))] string Status);

/// <summary>Answers to an installation.</summary>
public static class InstallCertificateStatus
{
    public const string Accepted = "Accepted";
    public const string Failed = "Failed";
    public const string Rejected = "Rejected";
}
