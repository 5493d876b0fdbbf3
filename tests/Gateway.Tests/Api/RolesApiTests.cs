using System.Net;
using EvCharge.Gateway.Security;

namespace EvCharge.GatewayTests.Api;

/// <summary>Roles that a tenant makes, and keys that may do less than their role: nobody gives what they have not.</summary>
public sealed class RolesApiTests(GatewayHost host)
{
    private const string Password = "a-long-password";

    [Fact]
    public async Task A_role_of_the_tenants_own_permits_what_it_is_made_of_and_a_change_of_it_holds_for_all_who_have_it()
    {
        var (role, user) = (host.Name("tagger"), host.Name("u"));
        await Make(role, "tags.read", "tags.write");
        (await host.Administrator.Put($"/api/v1/users/{user}", new { role, password = Password })).Expect(HttpStatusCode.Created);
        var client = await host.SignIn(user, Password);

        (await client.Put($"/api/v1/tags/{host.Name("T")}", new { })).Expect(HttpStatusCode.Created);
        (await client.Get("/api/v1/sites")).Expect(HttpStatusCode.Forbidden);
        Assert.Equal(
            ["signed-in", "tags.read", "tags.write"],
            (await client.Get("/api/v1/me")).Body.GetProperty("permissions").EnumerateArray().Select(each => each.GetString()!));
        (await host.Administrator.Delete($"/api/v1/roles/{role}")).Expect(HttpStatusCode.Conflict);

        (await host.Administrator.Put($"/api/v1/roles/{role}", new { permissions = new[] { "fleet.read" } })).Expect(HttpStatusCode.OK);
        await Ocpp.Eventually.Holds(async () => (await client.Get("/api/v1/sites")).Status == HttpStatusCode.OK);
        (await client.Put($"/api/v1/tags/{host.Name("T")}", new { })).Expect(HttpStatusCode.Forbidden);

        (await host.Administrator.Delete($"/api/v1/users/{user}")).Expect(HttpStatusCode.NoContent);
        await Ocpp.Eventually.Holds(async () => (await host.Administrator.Delete($"/api/v1/roles/{role}")).Status == HttpStatusCode.NoContent);
        (await host.Administrator.Get($"/api/v1/roles/{role}")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_may_write_users_gives_nobody_more_than_they_have()
    {
        var (role, small, user) = (host.Name("clerk"), host.Name("reader"), host.Name("u"));
        await Make(role, "users.manage", "api-keys.manage", "fleet.read");
        await Make(small, "fleet.read");
        (await host.Administrator.Put($"/api/v1/users/{user}", new { role, password = Password })).Expect(HttpStatusCode.Created);
        var (clerk, administrator, peer) = (await host.SignIn(user, Password), host.Name("a"), host.Name("p"));
        (await host.Administrator.Put($"/api/v1/users/{administrator}", new { role = "administrator", password = Password })).Expect(HttpStatusCode.Created);

        (await clerk.Put($"/api/v1/users/{peer}", new { role = small, password = Password })).Expect(HttpStatusCode.Created);
        (await clerk.Put($"/api/v1/users/{peer}", new { role = "guest", password = Password })).Expect(HttpStatusCode.Forbidden);
        (await clerk.Put($"/api/v1/users/{user}", new { role = "administrator" })).Expect(HttpStatusCode.Forbidden);
        (await clerk.Put($"/api/v1/users/{administrator}", new { role = small, password = Password })).Expect(HttpStatusCode.Forbidden);
        (await clerk.Delete($"/api/v1/users/{administrator}")).Expect(HttpStatusCode.Forbidden);
        (await clerk.Delete($"/api/v1/users/{administrator}/sessions")).Expect(HttpStatusCode.Forbidden);
        (await clerk.Delete($"/api/v1/users/{administrator}/second-factor")).Expect(HttpStatusCode.Forbidden);
        (await clerk.Put($"/api/v1/roles/{role}", new { permissions = new[] { "tags.write" } })).Expect(HttpStatusCode.Forbidden);
        (await clerk.Post("/api/v1/api-keys", new { description = "x", role = "administrator" })).Expect(HttpStatusCode.Forbidden);
        (await clerk.Post("/api/v1/api-keys", new { description = "x", role = "administrator", permissions = new[] { "fleet.read" } })).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_key_with_scopes_may_do_no_more_than_they_say()
    {
        var made = await host.Administrator.Post("/api/v1/api-keys", new { description = "x", role = "operator", permissions = new[] { "transactions.read" } });
        var key = made.Expect(HttpStatusCode.Created).Body;
        var client = host.Anonymous().With(BearerHandler.ApiKeyHeader, key.GetProperty("secret").GetString()!);

        (await client.Get("/api/v1/transactions")).Expect(HttpStatusCode.OK);
        (await client.Get("/api/v1/sites")).Expect(HttpStatusCode.Forbidden);
        Assert.Equal("transactions.read", key.GetProperty("key").GetProperty("permissions")[0].GetString());
        (await host.Administrator.Post("/api/v1/api-keys", new { description = "x", role = "guest", permissions = new[] { "fleet.write" } }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "permissions");
        (await host.Administrator.Post("/api/v1/api-keys", new { description = "x", role = "guest", permissions = Array.Empty<string>() }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "permissions");
    }

    [Fact]
    public async Task What_every_tenant_has_is_listed_first_and_nobody_changes_it()
    {
        var roles = (await host.Administrator.Get("/api/v1/roles")).Expect(HttpStatusCode.OK).Body.GetProperty("items");

        Assert.Equal(["guest", "operator", "administrator"], roles.EnumerateArray().Take(3).Select(role => role.GetProperty("role").GetString()!));
        (await host.Administrator.Get("/api/v1/roles/guest")).Expect(HttpStatusCode.OK);
        Assert.Equal("built-in", (await host.Administrator.Put("/api/v1/roles/guest", new { permissions = new[] { "fleet.read" } })).Code);
        Assert.Equal("built-in", (await host.Administrator.Delete("/api/v1/roles/guest")).Code);
        (await host.Administrator.Put("/api/v1/roles/Big", new { permissions = new[] { "fleet.read" } })).Expect(HttpStatusCode.BadRequest);
        (await host.Administrator.Put("/api/v1/roles/x", new { permissions = new[] { "tenants.manage" } })).ExpectField(HttpStatusCode.UnprocessableEntity, "permissions");
        (await host.Administrator.Put("/api/v1/roles/x", new { })).ExpectField(HttpStatusCode.UnprocessableEntity, "permissions");
        (await host.Administrator.Put($"/api/v1/users/{host.Name("u")}", new { role = "nobodys", password = Password })).ExpectField(HttpStatusCode.UnprocessableEntity, "role");
    }

    [Fact]
    public async Task A_role_of_one_tenant_is_none_in_another()
    {
        var role = host.Name("own");
        await Make(role, "fleet.read");
        var foreigner = await host.WithRole(Roles.Administrator, GatewayHost.ForeignTenant);

        (await foreigner.Put($"/api/v1/users/{host.Name("u")}", new { role, password = Password })).ExpectField(HttpStatusCode.UnprocessableEntity, "role");
    }

    private async Task Make(string role, params string[] permissions) =>
        (await host.Administrator.Put($"/api/v1/roles/{role}", new { description = "A role of a test", permissions })).Expect(HttpStatusCode.Created);
}
