using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EvCharge.Domain.Certificates;

/// <summary>Signs the certificates of an operator's chargers: ECDSA on P-256 with SHA-256, as every charger can verify it.</summary>
/// <param name="certificate">Of the authority itself, self-signed.</param>
/// <param name="key">Its private key.</param>
public sealed class CertificateAuthority(X509Certificate2 certificate, ECDsa key) : IDisposable
{
    private const int SerialBytes = 16;

    /// <summary>Clocks of chargers are behind at times.</summary>
    private static readonly TimeSpan Backdated = TimeSpan.FromDays(1);

    public X509Certificate2 Certificate => certificate;

    /// <summary>A new authority with a key of its own.</summary>
    public static CertificateAuthority Create(string organization, DateTimeOffset now, TimeSpan validity)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            new CertificateSubject($"{organization} charge points", organization).Write(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new CertificateAuthority(request.CreateSelfSigned(now - Backdated, now + validity), key);
    }

    /// <param name="key">As <see cref="ExportKey"/> wrote it.</param>
    /// <exception cref="CryptographicException">One of them is none.</exception>
    public static CertificateAuthority Restore(string certificatePem, string key)
    {
        var restored = ECDsa.Create();
        restored.ImportFromPem(key);
        return new CertificateAuthority(X509Certificate2.CreateFromPem(certificatePem), restored);
    }

    /// <summary>The private key, PKCS#8 in PEM.</summary>
    public string ExportKey() => key.ExportPkcs8PrivateKeyPem();

    /// <summary>A certificate of a charger, for a TLS client; it ends with the authority at the latest.</summary>
    public X509Certificate2 Sign(SigningRequest signing, CertificateSubject subject, DateTimeOffset now, TimeSpan validity)
    {
        var request = new CertificateRequest(subject.Write(), signing.Key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ChargerCertificate.ClientAuthentication)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false));
        var (begin, end) = (now - Backdated, now + validity);
        var (first, last) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        return request.Create(
            certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key),
            begin > first ? begin : first, end < last ? end : last, Serial());
    }

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    /// <summary>Random, and positive as an ASN.1 integer (RFC 5280 §4.1.2.2).</summary>
    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
