namespace EvCharge.Ocpp.V16.Security;

/// <summary>The charger asks for a certificate (OCPP 1.6 security whitepaper, SignCertificate.req).</summary>
/// <param name="Csr">PKCS#10, PEM.</param>
public sealed record SignCertificateRequest([CiString(5_500)] string Csr);

/// <param name="Status">One of <see cref="GenericStatus"/>.</param>
public sealed record SignCertificateResponse([OneOf(typeof(GenericStatus))] string Status);

/// <summary>Taken for processing, or not.</summary>
public static class GenericStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
}
