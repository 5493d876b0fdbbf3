namespace EvCharge.Ocpp.V16.Security;

/// <summary>Removes a root certificate (OCPP 1.6 security whitepaper, DeleteCertificate.req).</summary>
public sealed record DeleteCertificateRequest(CertificateHashData CertificateHashData);

/// <param name="Status">One of <see cref="DeleteCertificateStatus"/>.</param>
public sealed record DeleteCertificateResponse([OneOf(typeof(DeleteCertificateStatus))] string Status);

/// <summary>Answers to a removal.</summary>
public static class DeleteCertificateStatus
{
    public const string Accepted = "Accepted";
    public const string Failed = "Failed";
    public const string NotFound = "NotFound";
}
