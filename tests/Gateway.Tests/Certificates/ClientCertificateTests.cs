using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Certificates;

/// <summary>Who is let in by a certificate: refused is before the upgrade, with one answer for all.</summary>
public sealed class ClientCertificateTests(GatewayHost host)
{
    private const string Organization = "Test CPO";

    [Trait("attack", "wrong-certificate")]
    [Fact]
    public async Task Only_a_certificate_that_is_in_time_and_the_chargers_own_lets_it_in()
    {
        var (foreign, now) = (new TestAuthority("somebody else"), TimeProvider.System.GetUtcNow());
        var (tenant, name, trusted) = await NewCharger();
        X509Certificate2 Of(TestAuthority authority, string commonName, string organization, int fromDays, int untilDays, bool client = true) =>
            authority.Issue(commonName, organization, client, now.AddDays(fromDays), now.AddDays(untilDays));

        async Task<HttpStatusCode> Knock(X509Certificate2? certificate, bool secure = true)
        {
            using (certificate)
            {
                return await TlsDoor.Knock(host, tenant, name, certificate, secure: secure);
            }
        }

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await Knock(Of(trusted, name, Organization, -1, 1)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(Of(foreign, name, Organization, -1, 1)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(Of(trusted, "another", Organization, -1, 1)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(Of(trusted, name, "Another CPO", -1, 1)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(Of(trusted, name, Organization, -2, -1)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(Of(trusted, name, Organization, 1, 2)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(Of(trusted, name, Organization, -1, 1, client: false)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(null, secure: false));

        var api = host.Administrator.With(PermissionHandler.TenantHeader, tenant);
        await Eventually.Holds(async () =>
        {
            var events = (await api.Get($"/api/v1/events?charger={name}")).Text;
            return ((string[])["no authority that counts", "another charger", "another operator", "not valid at this time"])
                .All(reason => events.Contains(reason, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task An_authority_of_one_tenant_counts_for_no_other()
    {
        var (_, name, trusted) = await NewCharger();
        var (other, _, _) = await NewCharger();
        (await host.Administrator.With(PermissionHandler.TenantHeader, other).Put($"/api/v1/chargers/{name}", new { securityProfile = 3 })).Expect(HttpStatusCode.Created);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = trusted.Issue(name, Organization, client: true, now.AddDays(-1), now.AddDays(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await TlsDoor.Knock(host, other, name, certificate));
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, false)]
    public async Task Only_suites_of_the_whitepaper_are_spoken(TlsCipherSuite suite, bool spoken)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Suites are the system's matter elsewhere.");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.SecureAddress.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => TestAuthority.IsOfServer(certificate));
        var handshake = tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                EnabledSslProtocols = SslProtocols.Tls12,
#pragma warning disable CA1416 // Skipped above where it does not exist.
                CipherSuitesPolicy = new CipherSuitesPolicy([suite]),
#pragma warning restore CA1416
            },
            TestContext.Current.CancellationToken);

        if (spoken)
        {
            await handshake;
            Assert.Equal(suite, tls.NegotiatedCipherSuite);
        }
        else
        {
            Assert.NotNull(await Record.ExceptionAsync(() => handshake));
        }
    }

    private async Task<(string Tenant, string Charger, TestAuthority Trusted)> NewCharger()
    {
        var tenant = await host.AddTenant(host.Name("t"));
        var api = host.Administrator.With(PermissionHandler.TenantHeader, tenant);
        var (name, trusted) = (host.Name("CP"), new TestAuthority($"an authority of {tenant}"));
        (await api.Put("/api/v1/certificate-authority", new { organization = Organization, trusted = trusted.Pem })).Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/chargers/{name}", new { securityProfile = 3 })).Expect(HttpStatusCode.Created);
        return (tenant, name, trusted);
    }
}
