using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>An authority of the tests: of the server's certificate, or of somebody whom no tenant knows.</summary>
internal sealed class TestAuthority
{
    private static readonly Lazy<(TestAuthority Authority, string Folder)> Shared = new(() =>
    {
        var authority = new TestAuthority("The tests' own authority");
        var folder = Directory.CreateTempSubdirectory("evcharge-tls-").FullName;
        using var server = authority.Issue("127.0.0.1", "EvCharge", client: false, DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(Path.Combine(folder, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return (authority, folder);
    });

    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
    }

    /// <summary>The one of the server's certificate.</summary>
    public static TestAuthority OfServer => Shared.Value.Authority;

    public static string ServerCertificateFile => Path.Combine(Shared.Value.Folder, "server.pem");

    public static string ServerKeyFile => Path.Combine(Shared.Value.Folder, "server.key");

    /// <summary>What a client of the tests asks of the server that it meets.</summary>
    public static bool IsOfServer(X509Certificate? certificate) =>
        certificate is not null && X509CertificateLoader.LoadCertificateFromFile(ServerCertificateFile).Equals(certificate);

    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>A certificate with its key.</summary>
    public X509Certificate2 Issue(string commonName, string organization, bool client, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"O={organization}, CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(client ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1")], false));
        if (!client)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        return request.Create(_certificate, from, until, RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
    }
}
