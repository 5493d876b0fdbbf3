using System.Net;
using System.Net.WebSockets;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Tenants;

public sealed class TenantsApiTests(GatewayHost host)
{
    [Fact]
    public async Task A_tenant_is_created_read_replaced_at_its_version_and_listed()
    {
        var path = $"/api/v1/tenants/{host.Name("t")}";
        var created = (await host.Administrator.Put(path, new { name = "Acme", quotas = new { chargers = 5, callsPerSecond = 50, historyDays = 400 } }))
            .Expect(HttpStatusCode.Created);

        Assert.Equal(created.Text, (await host.Administrator.Get(path)).Text);
        Assert.Equal("active", created.Body.GetProperty("state").GetString());
        Assert.Equal(400, created.Body.GetProperty("quotas").GetProperty("historyDays").GetInt32());
        var replaced = (await host.Administrator.With("If-Match", created.ETag!).Put(path, new { name = "Acme Ltd" })).Expect(HttpStatusCode.OK);
        Assert.Equal("Acme Ltd", replaced.Body.GetProperty("name").GetString());
        (await host.Administrator.With("If-Match", created.ETag!).Put(path, new { })).Expect(HttpStatusCode.PreconditionFailed);
        var names = await Pages.All(host.Administrator, "/api/v1/tenants", 2, tenant => tenant.GetProperty("tenant").GetString()!);
        Assert.Contains(path.Split('/')[^1], names);
        Assert.Contains("default", names);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Theory]
    [InlineData("""{"quotas":{"chargers":-1}}""", "quotas.chargers")]
    [InlineData("""{"quotas":{"callsPerSecond":0}}""", "quotas.callsPerSecond")]
    [InlineData("""{"quotas":{"historyDays":0}}""", "quotas.historyDays")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"tenant":"another"}""", "tenant")]
    public async Task What_a_tenant_cannot_be_is_refused_naming_the_member(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/tenants/{host.Name("t")}", body))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Theory]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("a%2Fb")]
    public async Task A_name_that_no_tenant_can_have_is_refused(string name) =>
        (await host.Administrator.Put($"/api/v1/tenants/{name}", new { })).ExpectField(HttpStatusCode.BadRequest, "tenant");

    [Fact]
    public async Task Tenants_are_for_platform_administrators_alone_also_from_within_another()
    {
        var tenant = await host.AddTenant(host.Name("t"));
        var theirs = await host.WithRole(Roles.Administrator, tenant);

        (await theirs.Get("/api/v1/tenants")).Expect(HttpStatusCode.Forbidden);
        (await theirs.Put($"/api/v1/tenants/{tenant}", new { })).Expect(HttpStatusCode.Forbidden);
        (await theirs.Get($"/api/v1/tenants/{tenant}/export.ndjson")).Expect(HttpStatusCode.Forbidden);
        (await host.Administrator.With("X-Tenant", tenant).Get("/api/v1/tenants")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_of_a_suspended_tenant_gets_in_until_it_is_active_again()
    {
        var (tenant, charger) = (host.Name("t"), host.Name("CP"));
        await host.AddTenant(tenant);
        var there = host.Administrator.With("X-Tenant", tenant);
        (await there.Put("/api/v1/users/ann", new { role = "operator", password = "a password" })).Expect(HttpStatusCode.Created);
        (await there.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
        var key = await host.WithRole(Roles.Guest, tenant);
        await using var connected = await WireCharger.Connect(host.Address, $"{tenant}/{charger}");

        (await host.Administrator.Put($"/api/v1/tenants/{tenant}/suspension", new { })).Expect(HttpStatusCode.OK);

        await connected.Ended;
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, connected.CloseStatus);
        await Eventually.Holds(async () => (await key.Get("/api/v1/sites")).Status == HttpStatusCode.Forbidden);
        Assert.Equal("tenant-suspended", (await key.Get("/api/v1/sites")).Code);
        var login = await host.Anonymous().Post("/api/v1/auth/token", new { username = $"{tenant}/ann", password = "a password" });
        Assert.Equal("tenant-suspended", login.Expect(HttpStatusCode.Forbidden).Code);
        (await host.Anonymous().Post("/api/v1/auth/token", new { username = $"{tenant}/ann", password = "a wrong one" })).Expect(HttpStatusCode.Unauthorized);
        await Eventually.Holds(async () => !await CanConnect(tenant, charger));
        (await there.Get("/api/v1/sites")).Expect(HttpStatusCode.OK);

        Assert.Equal("suspended", (await host.Administrator.Put($"/api/v1/tenants/{tenant}", new { })).Expect(HttpStatusCode.OK).Body.GetProperty("state").GetString());
        Assert.Equal("active", (await host.Administrator.Delete($"/api/v1/tenants/{tenant}/suspension")).Expect(HttpStatusCode.OK).Body.GetProperty("state").GetString());

        await Eventually.Holds(async () => (await key.Get("/api/v1/sites")).Status == HttpStatusCode.OK);
        await Eventually.Holds(() => CanConnect(tenant, charger));
    }

    [Fact]
    public async Task A_deleted_tenant_leaves_nothing_and_its_name_can_be_given_again()
    {
        var (tenant, charger) = (host.Name("t"), host.Name("CP"));
        await host.AddTenant(tenant);
        var there = host.Administrator.With("X-Tenant", tenant);
        (await there.Put("/api/v1/sites/home", new { limit = 32, smartCharging = new { enabled = true } })).Expect(HttpStatusCode.Created);
        (await there.Put($"/api/v1/chargers/{charger}", new { site = "home" })).Expect(HttpStatusCode.Created);
        await using (var connected = await WireCharger.Connect(host.Address, $"{tenant}/{charger}"))
        {
            await connected.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        }

        (await host.Administrator.Delete($"/api/v1/tenants/{tenant}")).Expect(HttpStatusCode.Conflict);
        (await host.Administrator.Put($"/api/v1/tenants/{tenant}/suspension", new { })).Expect(HttpStatusCode.OK);
        var export = (await host.Administrator.Get($"/api/v1/tenants/{tenant}/export.ndjson")).Expect(HttpStatusCode.OK);
        Assert.Contains($"\"charger_id\":\"{charger}\"", export.Text, StringComparison.Ordinal);

        var answer = (await host.Administrator.Delete($"/api/v1/tenants/{tenant}")).Expect(HttpStatusCode.Accepted);
        Assert.Equal("deleting", answer.Body.GetProperty("state").GetString());
        await Eventually.Holds(async () => (await host.Administrator.Get($"/api/v1/tenants/{tenant}")).Status == HttpStatusCode.NotFound);

        await Eventually.Holds(async () => (await there.Get("/api/v1/sites")).Status == HttpStatusCode.NotFound);
        Assert.Equal(0, await host.Execute("delete from charger_state where tenant_id = @value", tenant));
        Assert.Equal(0, await host.Execute("delete from event where tenant_id = @value", tenant));
        await host.AddTenant(tenant);
        await Eventually.Holds(async () => (await there.Get("/api/v1/sites")).Status == HttpStatusCode.OK);
        Assert.Empty((await there.Get("/api/v1/sites")).Body.GetProperty("items").EnumerateArray());
        (await there.Put("/api/v1/sites/home", new { })).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_suspension_keeps_name_and_quotas_and_is_for_tenants_that_are_there()
    {
        var path = $"/api/v1/tenants/{host.Name("t")}";
        (await host.Administrator.Put(path, new { name = "Acme", quotas = new { chargers = 5 } })).Expect(HttpStatusCode.Created);

        var suspended = (await host.Administrator.Put(path + "/suspension", new { })).Expect(HttpStatusCode.OK);

        Assert.Equal(("Acme", 5), (suspended.Body.GetProperty("name").GetString(), suspended.Body.GetProperty("quotas").GetProperty("chargers").GetInt32()));
        Assert.Equal(suspended.ETag, (await host.Administrator.Get(path)).ETag);
        (await host.Administrator.Put($"/api/v1/tenants/{host.Name("nobody")}/suspension", new { })).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_platforms_own_tenant_cannot_be_deleted() =>
        Assert.Equal("default-tenant", (await host.Administrator.Delete("/api/v1/tenants/default")).Expect(HttpStatusCode.Conflict).Code);

    [Fact]
    public async Task Quotas_refuse_a_charger_and_a_request_too_many()
    {
        var tenant = host.Name("t");
        (await host.Administrator.Put($"/api/v1/tenants/{tenant}", new { quotas = new { chargers = 1, callsPerSecond = 2 } })).Expect(HttpStatusCode.Created);
        var key = await host.WithRole(Roles.Administrator, tenant);
        (await key.Put($"/api/v1/chargers/{host.Name("CP")}", new { })).Expect(HttpStatusCode.Created);
        Assert.Equal("quota", (await key.Put($"/api/v1/chargers/{host.Name("CP")}", new { })).Expect(HttpStatusCode.Conflict).Code);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => key.Get("/api/v1/sites")));

        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
        var refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal("quota", refused.Code);
        Assert.NotNull(refused.Message.Headers.RetryAfter);
        (await host.Administrator.With("X-Tenant", tenant).Get("/api/v1/sites")).Expect(HttpStatusCode.OK);
        (await (await host.WithRole(Roles.Guest)).Get("/api/v1/sites")).Expect(HttpStatusCode.OK);
    }

    private async Task<bool> CanConnect(string tenant, string charger)
    {
        try
        {
            await using var socket = await WireCharger.Open(host.Address, $"/ocpp/{tenant}/{charger}", null, "ocpp1.6");
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }
}
