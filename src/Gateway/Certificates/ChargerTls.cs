using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EvCharge.Gateway.Certificates;

/// <summary>
/// TLS where chargers connect, by the security whitepaper for OCPP 1.6, edition 3, §2.3: version 1.2 or later and suites with
/// AES-GCM, those without forward secrecy included, which it demands. A charger may show a certificate. Whose it is and whether
/// it counts is decided when its request has named the charger, and with that the tenant whose authorities matter.
/// </summary>
internal static class ChargerTls
{
    private static readonly TlsCipherSuite[] Suites =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
    ];

    public static void Apply(KestrelServerOptions server) => server.ConfigureHttpsDefaults(https =>
    {
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (_, _, _) => true;
        if (OperatingSystem.IsLinux())
        {
            // Elsewhere the system's own policy holds.
            https.OnAuthenticate = static (_, tls) => tls.CipherSuitesPolicy = OperatingSystem.IsLinux() ? new CipherSuitesPolicy(Suites) : null;
        }
    });
}
