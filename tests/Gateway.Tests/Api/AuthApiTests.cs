using System.Net;
using EvCharge.Gateway.Security;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GatewayTests.Api;

public sealed class AuthApiTests(GatewayHost host)
{
    [Fact]
    public async Task A_login_gives_a_token_and_a_cookie_that_scripts_cannot_read()
    {
        var answer = await Login("admin", GatewayHost.AdminPassword);

        answer.Expect(HttpStatusCode.OK);
        var token = answer.Body.GetProperty("accessToken").GetString()!;
        var cookie = Assert.Single(answer.Message.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"evcharge={token};", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        var lifetime = answer.Body.GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
        Assert.InRange(lifetime, TimeSpan.FromHours(11.9), TimeSpan.FromHours(12));
    }

    [Theory]
    [InlineData("admin", "wrong")]
    [InlineData("nobody", GatewayHost.AdminPassword)]
    [InlineData("acme/admin", GatewayHost.AdminPassword)]
    [InlineData("no tenant/admin", GatewayHost.AdminPassword)]
    [InlineData("admin\r\nforged log line", GatewayHost.AdminPassword)]
    [InlineData("", "")]
    public async Task Whatever_is_wrong_about_a_login_the_answer_is_the_same(string username, string password)
    {
        var answer = await Login(username, password);

        answer.Expect(HttpStatusCode.Unauthorized);
        Assert.Equal("credentials", answer.Code);
        Assert.Equal((await Login(host.Name("nobody"), "x")).Text, answer.Text);
    }

    [Fact]
    public async Task A_user_of_another_tenant_signs_in_with_its_name_in_front()
    {
        var name = host.Name("u");
        await host.Administrator.With("X-Tenant", GatewayHost.ForeignTenant)
            .Put($"/api/v1/users/{name}", new { role = "operator", password = "password" });

        var me = (await (await host.SignIn($"acme/{name}", "password")).Get("/api/v1/me")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("acme", me.GetProperty("tenant").GetString());
        Assert.Equal(name, me.GetProperty("user").GetString());
        Assert.Equal("operator", me.GetProperty("role").GetString());
        Assert.False(me.GetProperty("platformAdministrator").GetBoolean());
        Assert.Equal(Roles.PermissionsOf("operator").Order(), me.GetProperty("permissions").EnumerateArray().Select(item => item.GetString()!));
        (await Login(name, "password")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_ends_with_its_session()
    {
        var client = await host.SignIn("admin", GatewayHost.AdminPassword);
        (await client.Get("/api/v1/me")).Expect(HttpStatusCode.OK);

        (await client.Post("/api/v1/auth/logout", new { })).Expect(HttpStatusCode.NoContent);

        (await client.Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Five_wrong_passwords_make_the_next_attempt_wait_but_not_that_of_another_user()
    {
        var folder = Directory.CreateTempSubdirectory("evcharge-throttle-");
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using (var gateway = await DetachedGateway.Start(folder.FullName, security => security.AdminPassword = "the password", time))
        {
            var client = new ApiClient(gateway.Address);
            Task<ApiAnswer> Try(string username, string password) => client.Post("/api/v1/auth/token", new { username, password });
            for (var attempt = 0; attempt < 5; attempt++)
            {
                (await Try("admin", "wrong")).Expect(HttpStatusCode.Unauthorized);
            }

            var next = (await Try("admin", "the password")).Expect(HttpStatusCode.TooManyRequests);
            Assert.Equal("throttled", next.Code);
            Assert.Equal(TimeSpan.FromSeconds(1), next.Message.Headers.RetryAfter!.Delta);
            (await Try("another", "wrong")).Expect(HttpStatusCode.Unauthorized);
            time.Advance(TimeSpan.FromSeconds(1));
            (await Try("admin", "the password")).Expect(HttpStatusCode.OK);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_token_ends_with_its_time()
    {
        var folder = Directory.CreateTempSubdirectory("evcharge-expiry-");
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using (var gateway = await DetachedGateway.Start(folder.FullName, security => security.AdminPassword = "the password", time))
        {
            var login = await new ApiClient(gateway.Address).Post("/api/v1/auth/token", new { username = "admin", password = "the password" });
            var client = new ApiClient(gateway.Address).With("Authorization", $"Bearer {login.Body.GetProperty("accessToken").GetString()}");
            time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
            (await client.Get("/api/v1/me")).Expect(HttpStatusCode.OK);
            time.Advance(TimeSpan.FromSeconds(1));
            (await client.Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
        }

        folder.Delete(recursive: true);
    }

    [Trait("attack", "cross-site")]
    [Fact]
    public async Task A_cookie_alone_reads_but_writes_only_from_a_page_of_this_site()
    {
        var token = (await Login("admin", GatewayHost.AdminPassword)).Body.GetProperty("accessToken").GetString();
        var browser = host.Anonymous().With("Cookie", $"evcharge={token}");
        var site = $"/api/v1/sites/{host.Name("s")}";
        var origin = browser.Address.GetLeftPart(UriPartial.Authority);

        (await browser.Get("/api/v1/me")).Expect(HttpStatusCode.OK);
        Assert.Equal("cross-site", (await browser.Put(site, new { })).Expect(HttpStatusCode.Forbidden).Code);
        (await browser.With("Origin", "https://evil.example").Put(site, new { })).Expect(HttpStatusCode.Forbidden);
        (await browser.With("Sec-Fetch-Site", "same-site").With("Origin", origin).Put(site, new { })).Expect(HttpStatusCode.Forbidden);
        (await browser.With("Origin", origin).Put(site, new { })).Expect(HttpStatusCode.Created);
        (await browser.With("Sec-Fetch-Site", "same-origin").Put(site, new { })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_wrong_header_does_not_fall_back_to_a_good_cookie()
    {
        var token = (await Login("admin", GatewayHost.AdminPassword)).Body.GetProperty("accessToken").GetString();
        var client = host.Anonymous().With("Cookie", $"evcharge={token}").With("Authorization", "Bearer evs_wrong");

        (await client.Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_platform_administrator_acts_in_another_tenant()
    {
        var there = host.Administrator.With("X-Tenant", GatewayHost.ForeignTenant);
        var site = host.Name("s");

        Assert.Equal("acme", (await there.Get("/api/v1/me")).Body.GetProperty("tenant").GetString());
        (await there.Put($"/api/v1/sites/{site}", new { })).Expect(HttpStatusCode.Created);
        (await there.Get($"/api/v1/sites/{site}")).Expect(HttpStatusCode.OK);
        (await host.Administrator.Get($"/api/v1/sites/{site}")).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.With("X-Tenant", "no-such-tenant").Get("/api/v1/me")).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.With("X-Tenant", "../default").Get("/api/v1/me")).Expect(HttpStatusCode.NotFound);
    }

    private Task<ApiAnswer> Login(string username, string password) =>
        host.Anonymous().Post("/api/v1/auth/token", new { username, password });
}
