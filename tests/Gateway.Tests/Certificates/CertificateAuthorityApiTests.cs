using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Certificates;

public sealed class CertificateAuthorityApiTests(GatewayHost host)
{
    private const string Path = "/api/v1/certificate-authority";

    [Fact]
    public async Task It_is_made_by_the_first_put_and_keeps_its_key_until_it_is_renewed()
    {
        var api = await Tenant();
        (await api.Get(Path)).Expect(HttpStatusCode.NotFound);
        var made = (await api.Put(Path, new { organization = "One" })).Expect(HttpStatusCode.Created).Body;
        var certificate = X509Certificate2.CreateFromPem(made.GetProperty("certificate").GetString()!);
        Assert.Contains("O=One", certificate.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", (await api.Get(Path)).Text, StringComparison.Ordinal);

        var changed = (await api.Put(Path, new { organization = "One", validityDays = 30 })).Expect(HttpStatusCode.OK).Body;
        Assert.Equal(made.GetProperty("fingerprint").GetString(), changed.GetProperty("fingerprint").GetString());

        var renewed = (await api.Put(Path, new { organization = "One", renew = true })).Expect(HttpStatusCode.OK).Body;
        Assert.NotEqual(made.GetProperty("fingerprint").GetString(), renewed.GetProperty("fingerprint").GetString());
        Assert.Equal(made.GetProperty("certificate").GetString(), renewed.GetProperty("trusted").GetString());
        (await api.With("If-Match", "\"1\"").Put(Path, new { organization = "One" })).Expect(HttpStatusCode.PreconditionFailed);

        var audit = (await api.Get("/api/v1/audit")).Text;
        Assert.Contains("putCertificateAuthority", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("private_key\":\"A", audit, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("organization", """{}""")]
    [InlineData("organization", """{"organization":""}""")]
    [InlineData("validityDays", """{"organization":"One","validityDays":0}""")]
    [InlineData("trusted", """{"organization":"One","trusted":"no certificate"}""")]
    public async Task What_makes_no_sense_is_refused_by_its_member(string member, string body)
    {
        var api = await Tenant();
        (await api.SendText(HttpMethod.Put, Path, body)).ExpectField(HttpStatusCode.UnprocessableEntity, member);
    }

    [Fact]
    public async Task A_charger_is_issued_nothing_that_names_another_or_is_weak()
    {
        var tenant = await host.AddTenant(host.Name("t"));
        var api = host.Administrator.With(PermissionHandler.TenantHeader, tenant);
        var name = host.Name("CP");
        (await api.Put(Path, new { organization = "One" })).Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/chargers/{name}", new { password = "a-password" })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Open(host.Address, $"/ocpp/{tenant}/{name}", "a-password", "ocpp1.6");
        await charger.Call("BootNotification", WireCharger.Boot);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var weak = RSA.Create(1_024);
        using var strong = RSA.Create(2_048);

        Assert.Equal("Rejected", await Ask(new CertificateRequest($"O=One, CN={name}x", curve, HashAlgorithmName.SHA256).CreateSigningRequestPem()));
        Assert.Equal("Rejected", await Ask(new CertificateRequest($"O=Two, CN={name}", curve, HashAlgorithmName.SHA256).CreateSigningRequestPem()));
        Assert.Equal("Rejected", await Ask(new CertificateRequest($"O=One, CN={name}, CN=x", curve, HashAlgorithmName.SHA256).CreateSigningRequestPem()));
        Assert.Equal("Rejected", await Ask(
            new CertificateRequest($"O=One, CN={name}", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem()));
        Assert.Equal("Rejected", await Ask("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"));
        Assert.Empty((await api.Get($"/api/v1/chargers/{name}/certificates")).Body.GetProperty("items").EnumerateArray());

        Assert.Equal("Accepted", await Ask(
            new CertificateRequest($"O=One, CN={name}", strong, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem()));
        var call = await charger.NextCall();
        Assert.Equal("CertificateSigned", call.Action);
        using var issued = X509Certificate2.CreateFromPem(call.Payload.GetProperty("certificateChain").GetString()!);
        Assert.Equal(strong.ExportSubjectPublicKeyInfo(), issued.PublicKey.ExportSubjectPublicKeyInfo());
        await charger.Answer(call.Id, """{"status":"Accepted"}""");
        var listed = Assert.Single((await api.Get($"/api/v1/chargers/{name}/certificates")).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(issued.GetCertHashString(HashAlgorithmName.SHA256), listed.GetProperty("fingerprint").GetString());
        Assert.Empty((await api.Get("/api/v1/certificates")).Body.GetProperty("items").EnumerateArray());
        Assert.Single((await api.Get("/api/v1/certificates?days=366")).Body.GetProperty("items").EnumerateArray());
        (await api.Get("/api/v1/certificates?days=0")).Expect(HttpStatusCode.BadRequest);

        (await api.Delete($"/api/v1/chargers/{name}/certificates/nothing")).Expect(HttpStatusCode.NotFound);
        (await api.Delete($"/api/v1/chargers/{name}/certificates/{listed.GetProperty("fingerprint").GetString()}")).Expect(HttpStatusCode.NoContent);
        (await api.Delete($"/api/v1/chargers/{name}/certificates/{listed.GetProperty("fingerprint").GetString()}")).Expect(HttpStatusCode.Conflict);

        async Task<string> Ask(string request) =>
            (await charger.Call("SignCertificate", JsonSerializer.Serialize(new { csr = request }))).GetProperty("status").GetString()!;
    }

    [Theory]
    [InlineData(true, "Rejected", "its security profile is 0")]
    [InlineData(false, "Accepted", "certificate-requested")]
    public async Task Who_need_not_show_who_it_is_gets_none_and_where_nobody_signs_a_request_is_kept(bool signs, string status, string told)
    {
        var tenant = await host.AddTenant(host.Name("t"));
        var api = host.Administrator.With(PermissionHandler.TenantHeader, tenant);
        var name = host.Name("CP");
        (await api.Put(Path, new { organization = "One", signs })).Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Open(host.Address, $"/ocpp/{tenant}/{name}", null, "ocpp1.6");
        await charger.Call("BootNotification", WireCharger.Boot);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"O=One, CN={name}", curve, HashAlgorithmName.SHA256).CreateSigningRequestPem();

        var answer = await charger.Call("SignCertificate", JsonSerializer.Serialize(new { csr = request }));

        Assert.Equal(status, answer.GetProperty("status").GetString());
        await Eventually.Holds(async () => (await api.Get($"/api/v1/events?charger={name}")).Text.Contains(told, StringComparison.Ordinal));
        Assert.Empty((await api.Get($"/api/v1/chargers/{name}/certificates")).Body.GetProperty("items").EnumerateArray());
    }

    private async Task<ApiClient> Tenant() =>
        host.Administrator.With(PermissionHandler.TenantHeader, await host.AddTenant(host.Name("t")));
}
