using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EvCharge.Ocpp.V16.Security;

namespace EvCharge.ChargerSimulator.Security;

/// <summary>
/// The certificates of a charger: roots that it was given, and its own with the key that never leaves it (security whitepaper
/// for OCPP 1.6, edition 3). Without a root for the CSMS it goes by those of the system.
/// </summary>
public sealed class CertificateStore
{
    public const int Most = 8;

    private readonly Lock _lock = new();
    private readonly List<(string Use, X509Certificate2 Root)> _roots = [];
    private ECDsa? _requested;

    /// <summary>What the charger shows to the CSMS; null when it has none.</summary>
    public X509Certificate2? Own { get; private set; }

    public bool KnowsCsms => RootsFor(CertificateUse.CentralSystemRootCertificate).Length > 0;

    internal string Install(InstallCertificateRequest request)
    {
        if (Parse(request.Certificate) is not { } root)
            return InstallCertificateStatus.Rejected;
        lock (_lock)
        {
            if (_roots.Count == Most)
                return InstallCertificateStatus.Failed;
            _roots.Add((request.CertificateType, root));
        }

        return InstallCertificateStatus.Accepted;
    }

    internal GetInstalledCertificateIdsResponse List(GetInstalledCertificateIdsRequest request)
    {
        var found = RootsFor(request.CertificateType).Select(NameOf).ToList();
        return found.Count == 0
            ? new(GetInstalledCertificateStatus.NotFound)
            : new(GetInstalledCertificateStatus.Accepted, found);
    }

    internal string Delete(DeleteCertificateRequest request)
    {
        lock (_lock)
        {
            return _roots.RemoveAll(each => NameOf(each.Root) == request.CertificateHashData) > 0
                ? DeleteCertificateStatus.Accepted
                : DeleteCertificateStatus.NotFound;
        }
    }

    /// <summary>A request for a certificate of a new key, PKCS#10 in PEM.</summary>
    public string Request(string identity, string organization)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName(organization);
        name.AddCommonName(identity);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        lock (_lock)
            _requested = key;
        return new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    /// <summary>Takes the certificate that was asked for; false when it is none, or of another key.</summary>
    public bool Take(string chain)
    {
        lock (_lock)
        {
            if (_requested is null || Parse(chain) is not { } certificate)
                return false;
            if (!certificate.GetECDsaPublicKey()!.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(_requested.ExportSubjectPublicKeyInfo()))
                return false;
            Own = certificate.CopyWithPrivateKey(_requested);
            _requested = null;
            return true;
        }
    }

    /// <summary>Has it show a certificate, with its key, that nobody gave it by OCPP.</summary>
    public void Use(X509Certificate2 certificate) => Own = certificate;

    /// <summary>Verifies the CSMS by the roots that were installed.</summary>
    internal bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;
        using var check = new X509Chain();
        check.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        check.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        check.ChainPolicy.CustomTrustStore.AddRange(RootsFor(CertificateUse.CentralSystemRootCertificate));
        return check.Build(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }

    private X509Certificate2[] RootsFor(string use)
    {
        lock (_lock)
            return [.. _roots.Where(each => each.Use == use).Select(each => each.Root)];
    }

    private static CertificateHashData NameOf(X509Certificate2 root) => new(
        HashAlgorithms.Sha256,
        Convert.ToHexStringLower(SHA256.HashData(root.IssuerName.RawData)),
        Convert.ToHexStringLower(SHA256.HashData(root.PublicKey.EncodedKeyValue.RawData)),
        root.SerialNumber.TrimStart('0').ToLowerInvariant());

    private static X509Certificate2? Parse(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
