using System.Net;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Certificates;

/// <summary>The chargers' door: each security profile, with all that can be shown, over all that it can be shown by.</summary>
public sealed class EntryMatrixTests(GatewayHost host)
{
    private const string Organization = "Test CPO";
    private const string Password = "the-right-password";

    private enum Way
    {
        Plain,
        Tls,
        TlsWithItsCertificate,
        TlsWithAnothers,
    }

    private enum Shown
    {
        Nothing,
        WrongPassword,
        ItsPassword,
        NamesakesPassword,
    }

    [Fact]
    public async Task A_charger_gets_in_by_what_its_profile_asks_for_and_by_nothing_less()
    {
        var (tenant, other, authority) = (await host.AddTenant(host.Name("t")), await host.AddTenant(host.Name("t")), new TestAuthority("of the matrix"));
        var (api, neighbour) = (host.Administrator.With(PermissionHandler.TenantHeader, tenant), host.Administrator.With(PermissionHandler.TenantHeader, other));
        (await api.Put("/api/v1/certificate-authority", new { organization = Organization, trusted = authority.Pem })).Expect(HttpStatusCode.Created);
        var (asked, findings, now) = (0, new List<string>(), TimeProvider.System.GetUtcNow());
        foreach (var profile in (int[])[0, 1, 2, 3])
        {
            foreach (var way in Enum.GetValues<Way>())
            {
                // One for each, since guessing is slowed down.
                var name = host.Name("CP");
                object charger = profile is 1 or 2 ? new { securityProfile = profile, password = Password } : new { securityProfile = profile };
                (await api.Put($"/api/v1/chargers/{name}", charger)).Expect(HttpStatusCode.Created);
                (await neighbour.Put($"/api/v1/chargers/{name}", new { password = "another-password" })).Expect(HttpStatusCode.Created);
                using var its = authority.Issue(name, Organization, client: true, now.AddDays(-1), now.AddDays(1));
                using var anothers = authority.Issue("another", Organization, client: true, now.AddDays(-1), now.AddDays(1));
                foreach (var shown in Enum.GetValues<Shown>())
                {
                    var certificate = way switch { Way.TlsWithItsCertificate => its, Way.TlsWithAnothers => anothers, _ => null };
                    var password = shown switch { Shown.WrongPassword => "wrong-password", Shown.ItsPassword => Password, Shown.NamesakesPassword => "another-password", _ => null };
                    var status = await TlsDoor.Knock(host, tenant, name, certificate, password, secure: way != Way.Plain);
                    asked++;
                    var expected = IsEntitled(profile, way, shown) ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Unauthorized;
                    if (status != expected)
                    {
                        findings.Add($"profile {profile}, {way}, {shown}: {status} instead of {expected}");
                    }
                }
            }
        }

        Assert.Equal(64, asked);
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    private static bool IsEntitled(int profile, Way way, Shown shown) => profile switch
    {
        0 => true,
        1 => shown == Shown.ItsPassword,
        2 => shown == Shown.ItsPassword && way != Way.Plain,
        _ => way == Way.TlsWithItsCertificate,
    };
}
