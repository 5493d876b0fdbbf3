using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EvCharge.Domain.Certificates;

/// <summary>
/// What a manufacturer puts beside a firmware, so that chargers install no other (OCPP 1.6 security whitepaper, SignedUpdateFirmware;
/// OCPP 2.0.1 L01.FR.11 and .12): a certificate, and a signature over the file's SHA-256.
/// </summary>
/// <param name="Certificate">PEM.</param>
/// <param name="Signature">Base64.</param>
public sealed record FirmwareSignature(string Certificate, string Signature)
{
    /// <summary>What the messages hold (OCPP 1.6 security whitepaper, FirmwareType).</summary>
    public const int LongestCertificate = 5_500;

    /// <inheritdoc cref="LongestCertificate"/>
    public const int LongestSignature = 800;

    private const int FewestRsaBits = 2_048;

    /// <summary>The certificate, to be disposed of; null for what is none, or is more than one.</summary>
    public static X509Certificate2? Read(string? pem)
    {
        if (pem is not { Length: > 0 and <= LongestCertificate } || pem.IndexOf("-----BEGIN", StringComparison.Ordinal) != pem.LastIndexOf("-----BEGIN", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null; // it is text, but no certificate
        }
    }

    /// <summary>Whether the certificate may sign at all: its key is strong enough, and its use is not restricted to something else.</summary>
    public static bool MaySign(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        return (ecdsa is not null || rsa?.KeySize >= FewestRsaBits) && usage?.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature) is not false;
    }

    public static bool IsOf(X509Certificate2 certificate, DateTimeOffset moment) =>
        certificate.NotBefore.ToUniversalTime() <= moment.UtcDateTime && moment.UtcDateTime < certificate.NotAfter.ToUniversalTime();

    /// <summary>
    /// How the file was signed, in words of RFC 7518, ES256 on any curve; null when this signature is not of that file by that key. The whitepaper asks for
    /// RSA-PSS or ECDSA with SHA-256; manufacturers use PKCS #1 v1.5 as well.
    /// </summary>
    /// <param name="sha256">Of the file, 32 bytes.</param>
    public static string? AlgorithmOf(X509Certificate2 certificate, byte[] sha256, byte[] signature)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        return rsa?.VerifyHash(sha256, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) is true ? "PS256"
            : rsa?.VerifyHash(sha256, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) is true ? "RS256"
            : ecdsa?.VerifyHash(sha256, signature, DSASignatureFormat.Rfc3279DerSequence) is true
                || ecdsa?.VerifyHash(sha256, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) is true ? "ES256"
            : null;
    }
}
