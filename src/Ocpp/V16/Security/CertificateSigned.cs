namespace EvCharge.Ocpp.V16.Security;

/// <summary>Hands the charger the certificate it asked for (OCPP 1.6 security whitepaper, CertificateSigned.req).</summary>
/// <param name="CertificateChain">PEM, the charger's own certificate first.</param>
public sealed record CertificateSignedRequest([CiString(10_000)] string CertificateChain);

/// <param name="Status">One of <see cref="CertificateSignedStatus"/>.</param>
public sealed record CertificateSignedResponse([OneOf(typeof(CertificateSignedStatus))] string Status);

/// <summary>Answers to a signed certificate.</summary>
public static class CertificateSignedStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
}
