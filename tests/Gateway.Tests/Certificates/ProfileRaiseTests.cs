using System.Net;
using System.Text.Json;
using EvCharge.ChargerSimulator;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Certificates;

/// <summary>From a password in the clear to a certificate over TLS, by nothing but OCPP.</summary>
public sealed class ProfileRaiseTests(GatewayHost host)
{
    private const string Organization = "Test CPO";
    private const string Password = "a-password-of-profile-1";

    [Fact]
    public async Task A_charger_is_moved_to_tls_and_then_to_a_certificate_by_commands_alone()
    {
        var (tenant, api, name) = await NewCharger();
        (await api.Put("/api/v1/certificate-authority", new { organization = Organization })).Expect(HttpStatusCode.Created);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var point = new ChargePoint(Options(tenant, name));
        var running = point.RunAsync(stop.Token);
        await point.WaitOnlineAsync(stop.Token);

        Assert.Equal("Rejected", await Change(api, name, "SecurityProfile", "2"));
        Assert.Null((await Charger(api, name)).Next);
        Assert.Equal("Accepted", await Call(api, name, "InstallCertificate", new
        {
            certificateType = "CentralSystemRootCertificate", certificate = TestAuthority.OfServer.Pem,
        }));
        Assert.Equal("Accepted", await Change(api, name, "SecurityProfile", "2"));
        await Eventually.Holds(async () => await Charger(api, name) is { Profile: 2, Next: null, Online: true });
        await Eventually.Holds(async () => await TlsDoor.Knock(host, tenant, name, password: Password, secure: false) == HttpStatusCode.Unauthorized);

        await Answers(api, name);
        Assert.Equal("Accepted", await Change(api, name, "CpoName", Organization));
        Assert.Equal("Rejected", await Change(api, name, "SecurityProfile", "3"));
        Assert.Equal("Accepted", await Call(api, name, "ExtendedTriggerMessage", new { requestedMessage = "SignChargePointCertificate" }));
        await Eventually.Holds(() => point.Certificates.Own is not null);
        Assert.Equal("Accepted", await Change(api, name, "SecurityProfile", "3"));
        await Eventually.Holds(async () => await Charger(api, name) is { Profile: 3, Next: null, Online: true });

        await Eventually.Holds(async () => await TlsDoor.Knock(host, tenant, name, password: Password) == HttpStatusCode.Unauthorized);
        await Answers(api, name);
        (await api.Post($"/api/v1/chargers/{name}/calls/ChangeConfiguration", new { key = "SecurityProfile", value = "2" })).Expect(HttpStatusCode.Conflict);
        var events = (await api.Get($"/api/v1/events?charger={name}")).Text;
        Assert.Contains("security profile 2", events, StringComparison.Ordinal);
        Assert.Contains("security profile 3", events, StringComparison.Ordinal);

        var issued = (await api.Get($"/api/v1/chargers/{name}/certificates")).Body.GetProperty("items").EnumerateArray().Single();
        (await api.Delete($"/api/v1/chargers/{name}/certificates/{issued.GetProperty("fingerprint").GetString()}")).Expect(HttpStatusCode.NoContent);
        await Eventually.Holds(async () => await TlsDoor.Knock(host, tenant, name, point.Certificates.Own) == HttpStatusCode.Unauthorized);

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_profile_is_not_asked_for_without_what_it_takes()
    {
        var (_, api, name) = await NewCharger();
        var bare = host.Name("CP");
        (await api.Put($"/api/v1/chargers/{bare}", new { })).Expect(HttpStatusCode.Created);

        Assert.Equal("no-authority", (await Ask(name, "3")).Code);
        Assert.Equal("no-password", (await Ask(bare, "2")).Code);
        (await Ask(host.Name("nobody"), "3")).Expect(HttpStatusCode.NotFound);
        (await api.Put($"/api/v1/chargers/{name}/configuration/SecurityProfile", new { value = "3" })).ExpectField(HttpStatusCode.UnprocessableEntity, "key");
        (await api.Post("/api/v1/batches", new
        {
            action = "ChangeConfiguration", payload = new { key = "SecurityProfile", value = "2" }, chargers = new[] { name },
        })).ExpectField(HttpStatusCode.UnprocessableEntity, "payload.key");

        Task<ApiAnswer> Ask(string charger, string profile) =>
            api.Post($"/api/v1/chargers/{charger}/calls/ChangeConfiguration", new { key = "SecurityProfile", value = profile });
    }

    [Fact]
    public async Task What_an_absent_charger_cannot_be_told_does_not_stay_on_record()
    {
        var (_, api, name) = await NewCharger();

        var answer = await api.Post($"/api/v1/chargers/{name}/calls/ChangeConfiguration", new { key = "SecurityProfile", value = "2" });

        answer.Expect(HttpStatusCode.Conflict);
        Assert.Null((await Charger(api, name)).Next);
    }

    [Fact]
    public async Task A_put_that_says_nothing_of_the_profile_lowers_none()
    {
        var (_, api, name) = await NewCharger();
        (await api.Put($"/api/v1/chargers/{name}", new { securityProfile = 3 })).Expect(HttpStatusCode.OK);

        (await api.Put($"/api/v1/chargers/{name}", new { maxCurrent = 16 })).Expect(HttpStatusCode.OK);

        Assert.Equal(3, (await Charger(api, name)).Profile);
        (await api.Put($"/api/v1/chargers/{name}", new { securityProfile = 4 })).ExpectField(HttpStatusCode.UnprocessableEntity, "securityProfile");
    }

    private ChargePointOptions Options(string tenant, string name) => new()
    {
        Url = TlsDoor.Url(host.Address, tenant),
        SecureUrl = TlsDoor.Url(host.SecureAddress, tenant),
        Identity = name,
        Password = Password,
        BackOff = TimeSpan.FromMilliseconds(20),
        LongestBackOff = TimeSpan.FromMilliseconds(200),
        RebootTime = TimeSpan.FromMilliseconds(50),
    };

    private async Task<(string Tenant, ApiClient Api, string Charger)> NewCharger()
    {
        var tenant = await host.AddTenant(host.Name("t"));
        var api = host.Administrator.With(PermissionHandler.TenantHeader, tenant);
        var name = host.Name("CP");
        (await api.Put($"/api/v1/chargers/{name}", new { password = Password })).Expect(HttpStatusCode.Created);
        return (tenant, api, name);
    }

    /// <summary>A gateway that does not know of the raise yet lets a knock in, which takes the charger's place until it is back.</summary>
    private static Task Answers(ApiClient api, string charger) => Eventually.Holds(
        async () => (await api.Post($"/api/v1/chargers/{charger}/calls/GetLocalListVersion", new { })).Status == HttpStatusCode.OK);

    private static Task<string> Change(ApiClient api, string charger, string key, string value) =>
        Call(api, charger, "ChangeConfiguration", new { key, value });

    private static async Task<string> Call(ApiClient api, string charger, string action, object payload) =>
        (await api.Post($"/api/v1/chargers/{charger}/calls/{action}", payload)).Expect(HttpStatusCode.OK)
            .Body.GetProperty("result").GetProperty("status").GetString()!;

    private static async Task<(int Profile, int? Next, bool Online)> Charger(ApiClient api, string name)
    {
        var body = (await api.Get($"/api/v1/chargers/{name}")).Expect(HttpStatusCode.OK).Body;
        var next = body.GetProperty("nextSecurityProfile");
        return (
            body.GetProperty("securityProfile").GetInt32(), next.ValueKind == JsonValueKind.Null ? null : next.GetInt32(), body.GetProperty("online").GetBoolean());
    }
}
