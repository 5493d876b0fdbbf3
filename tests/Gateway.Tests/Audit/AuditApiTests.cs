using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Audit;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.History.Audit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Audit;

public sealed class AuditApiTests(GatewayHost host)
{
    /// <summary>Routes that take a body but change nothing, or take measurements that come again and again.</summary>
    private static readonly string[] OffTheRecord =
        ["/chargers/{charger}/replay", "/sites/{site}/allocation/replay", "/sites/{site}/base-load"];

    [Fact]
    public void Only_what_changes_nothing_is_kept_off_the_record() =>
        Assert.Equal(
            OffTheRecord,
            host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(route => route.Metadata.GetMetadata<UnauditedEndpoint>() is not null)
                .Select(route => route.RoutePattern.RawText!.Replace("/api/v1", "", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_change_and_a_command_are_on_record_with_who_what_and_where_from()
    {
        var there = await Tenant();
        (await there.Put("/api/v1/sites/home", new { limit = 63 })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/sites/home", new { limit = 32 })).Expect(HttpStatusCode.OK);
        (await there.Put("/api/v1/chargers/CP1", new { site = "home" })).Expect(HttpStatusCode.Created);
        (await there.Post("/api/v1/chargers/CP1/calls/Reset", new { type = "Soft" })).Expect(HttpStatusCode.Conflict);

        var entries = await Entries(there);

        Assert.Equal(["putSite", "putSite", "putCharger", "callCharger"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(entries, entry => Assert.Equal("default/admin", entry.GetProperty("author").GetString()));
        Assert.All(entries, entry => Assert.Equal("127.0.0.1", entry.GetProperty("address").GetString()!.Replace("::ffff:", "", StringComparison.Ordinal)));
        Assert.Equal(63, entries[1].GetProperty("before").GetProperty("limit_value").GetDouble());
        Assert.Equal(32, entries[1].GetProperty("after").GetProperty("limit_value").GetDouble());
        Assert.Equal("chargers/CP1/calls/Reset", entries[3].GetProperty("target").GetString());
        Assert.Equal("Soft", entries[3].GetProperty("after").GetProperty("type").GetString());
    }

    [Fact]
    public async Task What_is_read_or_refused_is_not_on_record()
    {
        var there = await Tenant();
        await there.Get("/api/v1/sites");
        (await there.SendText(HttpMethod.Put, "/api/v1/sites/home", """{"limit":-1}""")).Expect(HttpStatusCode.UnprocessableEntity);
        (await there.Post("/api/v1/chargers/nobody/calls/Reset", new { type = "Soft" })).Expect(HttpStatusCode.NotFound);

        Assert.Empty(await Entries(there));
    }

    [Fact]
    public async Task No_secret_is_on_record()
    {
        var there = await Tenant();
        const string secret = "hunter2hunter2";
        (await there.Put("/api/v1/users/ann", new { role = "guest", password = secret })).Expect(HttpStatusCode.Created);
        (await there.Put("/api/v1/chargers/CP1", new { password = secret })).Expect(HttpStatusCode.Created);
        await there.Post("/api/v1/chargers/CP1/calls/ChangeConfiguration", new { key = "AuthorizationKey", value = secret });
        var key = (await there.Post("/api/v1/api-keys", new { role = "guest", description = "a key" })).Expect(HttpStatusCode.Created);

        var text = (await there.Get("/api/v1/audit")).Text + (await there.Get("/api/v1/audit.ndjson")).Text;

        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Body.GetProperty("secret").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains("createApiKey", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_is_on_record_under_the_name_of_the_user()
    {
        var there = await Tenant();
        (await there.Put("/api/v1/users/ann", new { role = "guest", password = "a password" })).Expect(HttpStatusCode.Created);
        var tenant = (await there.Get("/api/v1/me")).Body.GetProperty("tenant").GetString();

        var client = await host.SignIn($"{tenant}/ann", "a password");
        (await client.SendText(HttpMethod.Post, "/api/v1/auth/logout", "")).Expect(HttpStatusCode.NoContent);

        Assert.Equal(
            [("ann", "createToken"), ("ann", "logout")],
            (await Entries(there)).Skip(1).Select(entry => (entry.GetProperty("author").GetString()!, entry.GetProperty("action").GetString()!)));
    }

    [Fact]
    public async Task An_export_can_be_verified_by_anybody_and_a_broken_chain_is_told()
    {
        var there = await Tenant();
        for (var limit = 10; limit < 15; limit++)
        {
            await there.Put("/api/v1/sites/home", new { limit });
        }

        var lines = (await there.Get("/api/v1/audit.ndjson")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var previous = AuditEntry.NoHash;
        foreach (var entry in lines.Select(line => JsonSerializer.Deserialize<AuditEntry>(line, JsonSerializerOptions.Web)!))
        {
            Assert.Equal(entry.Hash, entry.HashAfter(previous));
            previous = entry.Hash;
        }

        var verdict = (await there.Get("/api/v1/audit/verification")).Body;
        Assert.Equal((5, previous), (verdict.GetProperty("entries").GetInt64(), verdict.GetProperty("head").GetString()));
        Assert.Equal(JsonValueKind.Null, verdict.GetProperty("brokenAt").ValueKind);
        var tenant = (await there.Get("/api/v1/me")).Body.GetProperty("tenant").GetString()!;
        Assert.Equal(1, await host.Execute("update audit set author = 'somebody' where tenant_id = @value and number = 3", tenant));
        Assert.Equal(3, (await there.Get("/api/v1/audit/verification")).Body.GetProperty("brokenAt").GetInt64());
    }

    [Fact]
    public async Task The_log_of_a_tenant_is_for_its_administrators()
    {
        var there = await Tenant();
        await there.Put("/api/v1/sites/home", new { });
        var tenant = (await there.Get("/api/v1/me")).Body.GetProperty("tenant").GetString()!;

        (await (await host.WithRole(Roles.Operator, tenant)).Get("/api/v1/audit")).Expect(HttpStatusCode.Forbidden);
        var theirs = (await (await host.WithRole(Roles.Administrator, tenant)).Get("/api/v1/audit?action=putSite")).Expect(HttpStatusCode.OK);
        Assert.Single(theirs.Body.GetProperty("items").EnumerateArray());
        Assert.DoesNotContain("sites/home\"", (await host.Administrator.Get("/api/v1/audit?author=default/admin")).Text, StringComparison.Ordinal);
    }

    private async Task<ApiClient> Tenant() => host.Administrator.With("X-Tenant", await host.AddTenant(host.Name("audited")));

    private static async Task<IReadOnlyList<JsonElement>> Entries(ApiClient client) =>
        [.. (await Pages.All(client, "/api/v1/audit", 2, entry => entry)).Reverse()];
}
