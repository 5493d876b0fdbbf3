namespace EvCharge.Ocpp.V16.Security;

/// <summary>Asks which root certificates are installed (OCPP 1.6 security whitepaper, GetInstalledCertificateIds.req).</summary>
/// <param name="CertificateType">One of <see cref="CertificateUse"/>.</param>
public sealed record GetInstalledCertificateIdsRequest([OneOf(typeof(CertificateUse))] string CertificateType);

/// <param name="Status">One of <see cref="GetInstalledCertificateStatus"/>.</param>
/// <param name="CertificateHashData">One for each certificate found.</param>
public sealed record GetInstalledCertificateIdsResponse(
    [OneOf(typeof(GetInstalledCertificateStatus))] string Status,
    [MinLength(1)] IReadOnlyList<CertificateHashData>? CertificateHashData = null);

/// <summary>Answers to the question for certificates.</summary>
public static class GetInstalledCertificateStatus
{
    public const string Accepted = "Accepted";
    public const string NotFound = "NotFound";
}
