using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EvCharge.Domain.Certificates;

/// <summary>What is found out about a certificate that a charger presents.</summary>
public enum CertificateVerdict
{
    Valid,

    /// <summary>No authority that counts has signed it, or not for this use.</summary>
    NotTrusted,

    /// <summary>Its time is over, or has not come.</summary>
    Expired,

    /// <summary>It was issued to another charger.</summary>
    AnotherCharger,

    /// <summary>It was issued by or to another operator.</summary>
    AnotherOperator,
}

/// <summary>The certificate by which a charger says who it is (security profile 3).</summary>
public static class ChargerCertificate
{
    /// <summary>The use that a certificate of a TLS client is for (RFC 5280 §4.2.1.12).</summary>
    internal const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>SHA-256 over the certificate, as hexadecimal text.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <param name="trusted">Certificates of authorities; those that did not sign themselves only help to reach one that did.</param>
    public static CertificateVerdict Verify(
        X509Certificate2 presented, IEnumerable<X509Certificate2> trusted, CertificateSubject expected, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        foreach (var authority in trusted)
        {
            (IsRoot(authority) ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(authority);
        }

        var isTrusted = chain.Build(presented);
        var subject = CertificateSubject.Of(presented.SubjectName);
        return isTrusted switch
        {
            false when chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NotTimeValid) => CertificateVerdict.Expired,
            false => CertificateVerdict.NotTrusted,
            true when subject.CommonName != expected.CommonName => CertificateVerdict.AnotherCharger,
            true when subject.Organization != expected.Organization => CertificateVerdict.AnotherOperator,
            true => CertificateVerdict.Valid,
        };
    }

    /// <summary>The certificates in a PEM text; null when it holds anything else, or none.</summary>
    public static X509Certificate2Collection? ReadAuthorities(string pem)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return found.Count > 0 && found.All(IsAuthority) ? found : null;
    }

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
}
