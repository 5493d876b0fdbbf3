namespace EvCharge.Ocpp.V16.Security;

/// <summary>What names a certificate on a charger (OCPP 1.6 security whitepaper, CertificateHashDataType).</summary>
/// <param name="HashAlgorithm">One of <see cref="HashAlgorithms"/>, of both hashes.</param>
/// <param name="IssuerNameHash">Of the issuer's distinguished name, in hex.</param>
/// <param name="IssuerKeyHash">Of the issuer's public key, in hex.</param>
/// <param name="SerialNumber">In hex, without leading zeros.</param>
public sealed record CertificateHashData(
    [OneOf(typeof(HashAlgorithms))] string HashAlgorithm,
    [CiString(128)] string IssuerNameHash,
    [CiString(128)] string IssuerKeyHash,
    [CiString(40)] string SerialNumber);

/// <summary>Hash algorithms (OCPP 1.6 security whitepaper, HashAlgorithmEnumType).</summary>
public static class HashAlgorithms
{
    public const string Sha256 = "SHA256";
    public const string Sha384 = "SHA384";
    public const string Sha512 = "SHA512";
}

/// <summary>Uses of a root certificate (OCPP 1.6 security whitepaper, CertificateUseEnumType).</summary>
public static class CertificateUse
{
    /// <summary>Signs the certificates of the central system.</summary>
    public const string CentralSystemRootCertificate = "CentralSystemRootCertificate";

    /// <summary>Signs the firmware of the manufacturer.</summary>
    public const string ManufacturerRootCertificate = "ManufacturerRootCertificate";
}
