using System.Net;

namespace EvCharge.GatewayTests.Api;

public sealed class UsersApiTests(GatewayHost host)
{
    [Fact]
    public async Task A_password_is_set_once_kept_without_one_and_never_shown()
    {
        var name = host.Name("u");
        var created = (await host.Administrator.Put($"/api/v1/users/{name}", new { role = "guest", password = "password" })).Expect(HttpStatusCode.Created);
        (await host.Administrator.Put($"/api/v1/users/{name}", new { role = "operator" })).Expect(HttpStatusCode.OK);

        var client = await host.SignIn(name, "password");

        Assert.Equal("operator", (await client.Get("/api/v1/me")).Body.GetProperty("role").GetString());
        Assert.Equal(["alarmLevels", "disabled", "hasPassword", "identity", "platformAdministrator", "role", "sites", "username"], created.Body.EnumerateObject().Select(member => member.Name).Order());
    }

    [Fact]
    public async Task A_new_role_holds_for_open_sessions()
    {
        var name = host.Name("u");
        await host.Administrator.Put($"/api/v1/users/{name}", new { role = "operator", password = "password" });
        var client = await host.SignIn(name, "password");
        (await client.Get("/api/v1/events")).Expect(HttpStatusCode.OK);

        (await host.Administrator.Put($"/api/v1/users/{name}", new { role = "guest" })).Expect(HttpStatusCode.OK);

        (await client.Get("/api/v1/events")).Expect(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"role":"guest","password":"another password"}""")]
    [InlineData("""{"role":"guest","disabled":true}""")]
    [InlineData(null)]
    public async Task A_new_password_a_ban_and_a_deletion_end_all_sessions(string? body)
    {
        var path = $"/api/v1/users/{host.Name("u")}";
        await host.Administrator.Put(path, new { role = "guest", password = "password" });
        var client = await host.SignIn(path.Split('/')[^1], "password");
        (await client.Get("/api/v1/me")).Expect(HttpStatusCode.OK);

        var changed = body is null ? await host.Administrator.Delete(path) : await host.Administrator.SendText(HttpMethod.Put, path, body);

        Assert.True(changed.Message.IsSuccessStatusCode, changed.Text);
        (await client.Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
        (await host.Administrator.Put(path, new { role = "guest", password = "password" })).Message.EnsureSuccessStatusCode();
        (await client.Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"password":"password"}""", "role")]
    [InlineData("""{"role":"king","password":"password"}""", "role")]
    [InlineData("""{"role":"guest"}""", "password")]
    [InlineData("""{"role":"guest","password":"short"}""", "password")]
    [InlineData("""{"role":"guest","password":"password","username":"another"}""", "username")]
    public async Task What_a_user_cannot_be_is_refused_naming_the_member(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/users/{host.Name("u")}", body))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Fact]
    public async Task Only_platform_administrators_make_and_change_platform_administrators()
    {
        var administrator = await host.WithRole("administrator");
        var (mine, theirs) = (host.Name("u"), host.Name("u"));
        (await host.Administrator.Put($"/api/v1/users/{theirs}", new { role = "administrator", password = "password", platformAdministrator = true }))
            .Expect(HttpStatusCode.Created);

        (await administrator.Put($"/api/v1/users/{mine}", new { role = "guest", password = "password", platformAdministrator = true }))
            .Expect(HttpStatusCode.Forbidden);
        (await administrator.Put($"/api/v1/users/{theirs}", new { role = "administrator", password = "taken over" })).Expect(HttpStatusCode.Forbidden);
        (await administrator.Delete($"/api/v1/users/{theirs}")).Expect(HttpStatusCode.Forbidden);
        (await administrator.Put("/api/v1/users/admin", new { role = "administrator", password = "taken over" })).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Nobody_takes_the_administrators_role_from_themself()
    {
        (await host.Administrator.Put("/api/v1/users/admin", new { role = "guest", platformAdministrator = true })).Expect(HttpStatusCode.Conflict);
        (await host.Administrator.Put("/api/v1/users/admin", new { role = "administrator", disabled = true })).Expect(HttpStatusCode.Conflict);
        Assert.Equal("own-account", (await host.Administrator.Delete("/api/v1/users/admin")).Expect(HttpStatusCode.Conflict).Code);
    }

    [Fact]
    public async Task Users_are_listed_by_name()
    {
        var name = host.Name("u");
        await host.Administrator.Put($"/api/v1/users/{name}", new { role = "guest", password = "password" });

        var seen = await Pages.All(host.Administrator, "/api/v1/users", 2, item => item.GetProperty("username").GetString()!);

        Assert.Contains("admin", seen);
        Assert.Contains(name, seen);
        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
    }
}
