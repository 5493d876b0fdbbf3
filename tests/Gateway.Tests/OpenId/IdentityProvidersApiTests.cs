using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.OpenId;

public sealed class IdentityProvidersApiTests(GatewayHost host)
{
    private const string Secret = "a-secret-that-nobody-sees-again";

    private static readonly object Valid = new { issuer = "https://login.company.example/", clientId = "evcharge", clientSecret = Secret };

    [Fact]
    public async Task A_provider_is_put_read_listed_and_deleted_and_its_secret_is_never_shown()
    {
        var tenant = host.Administrator.With("X-Tenant", await host.AddTenant(host.Name("idp")));
        var path = "/api/v1/identity-providers/company";

        var made = (await tenant.Put(path, Valid)).Expect(HttpStatusCode.Created);
        var changed = await tenant.With("If-Match", made.ETag!).Put(path, new { issuer = "https://login.company.example", clientId = "other", name = "The Company" });

        Assert.True(changed.Expect(HttpStatusCode.OK).Body.GetProperty("hasSecret").GetBoolean());
        var read = (await tenant.Get(path)).Expect(HttpStatusCode.OK);
        Assert.Equal(changed.ETag, read.ETag);
        Assert.Equal("The Company", read.Body.GetProperty("name").GetString());
        Assert.Equal("https://login.company.example", read.Body.GetProperty("issuer").GetString());
        Assert.EndsWith("/company/callback", read.Body.GetProperty("redirectUri").GetString(), StringComparison.Ordinal);
        Assert.Single((await tenant.Get("/api/v1/identity-providers")).Body.GetProperty("items").EnumerateArray());
        (await tenant.With("If-Match", made.ETag!).Put(path, Valid)).Expect(HttpStatusCode.PreconditionFailed);
        (await tenant.With("If-Match", made.ETag!).Delete(path)).Expect(HttpStatusCode.PreconditionFailed);
        foreach (var text in (string[])[made.Text, read.Text, (await tenant.Get("/api/v1/audit.ndjson")).Text])
        {
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        }

        (await tenant.Delete(path)).Expect(HttpStatusCode.NoContent);
        (await tenant.Get(path)).Expect(HttpStatusCode.NotFound);
        (await tenant.Delete(path)).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("issuer", """{"clientId":"x"}""")]
    [InlineData("issuer", """{"issuer":"http://login.company.example","clientId":"x"}""")]
    [InlineData("issuer", """{"issuer":"https://ann:secret@login.company.example","clientId":"x"}""")]
    [InlineData("issuer", """{"issuer":"https://login.company.example?tenant=a","clientId":"x"}""")]
    [InlineData("clientId", """{"issuer":"https://login.company.example"}""")]
    [InlineData("scopes", """{"issuer":"https://login.company.example","clientId":"x","scopes":["a b"]}""")]
    [InlineData("scopes", """{"issuer":"https://login.company.example","clientId":"x","scopes":[null]}""")]
    [InlineData("usernameClaim", """{"issuer":"https://login.company.example","clientId":"x","usernameClaim":""}""")]
    [InlineData("roles", """{"issuer":"https://login.company.example","clientId":"x","roles":[{"value":"a","role":"guest"}]}""")]
    [InlineData("roles", """{"issuer":"https://login.company.example","clientId":"x","roleClaim":"groups","roles":[{"value":"a","role":"king"}]}""")]
    [InlineData("roles", """{"issuer":"https://login.company.example","clientId":"x","roleClaim":"groups","roles":[null]}""")]
    [InlineData("defaultRole", """{"issuer":"https://login.company.example","clientId":"x","defaultRole":"king"}""")]
    public async Task What_does_not_fit_is_named(string field, string body) =>
        (await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/identity-providers/{host.Name("idp")}", body))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Fact]
    public async Task A_name_outside_of_its_grammar_is_refused() =>
        (await host.Administrator.Put("/api/v1/identity-providers/Company!", Valid)).Expect(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Another_issuer_is_another_provider()
    {
        var path = $"/api/v1/identity-providers/{host.Name("idp")}";
        (await host.Administrator.Put(path, Valid)).Expect(HttpStatusCode.Created);

        Assert.Equal("issuer", (await host.Administrator.Put(path, new { issuer = "https://elsewhere.example", clientId = "x" })).Expect(HttpStatusCode.Conflict).Code);
    }

    [Fact]
    public async Task A_tenant_has_ten()
    {
        var tenant = host.Administrator.With("X-Tenant", await host.AddTenant(host.Name("idp")));
        for (var number = 0; number < 10; number++)
        {
            (await tenant.Put($"/api/v1/identity-providers/p{number}", Valid)).Expect(HttpStatusCode.Created);
        }

        Assert.Equal("too-many", (await tenant.Put("/api/v1/identity-providers/p10", Valid)).Expect(HttpStatusCode.Conflict).Code);
        (await tenant.Put("/api/v1/identity-providers/p9", Valid)).Expect(HttpStatusCode.OK);
    }

    [Trait("attack", "role-bypass")]
    [Fact]
    public async Task Who_may_not_do_all_in_the_tenant_names_nobody_who_says_who_everybody_is()
    {
        var (role, path) = (host.Name("clerk"), $"/api/v1/identity-providers/{host.Name("idp")}");
        (await host.Administrator.Put($"/api/v1/roles/{role}", new { permissions = new[] { "users.manage" } })).Expect(HttpStatusCode.Created);
        var clerk = await host.WithRole(role);
        (await host.Administrator.Put(path, Valid)).Expect(HttpStatusCode.Created);

        (await clerk.Get(path)).Expect(HttpStatusCode.OK);
        (await clerk.Put(path, Valid)).Expect(HttpStatusCode.Forbidden);
        (await clerk.Delete(path)).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_role_that_a_provider_gives_is_not_deleted()
    {
        var (role, path) = (host.Name("depot"), $"/api/v1/identity-providers/{host.Name("idp")}");
        (await host.Administrator.Put($"/api/v1/roles/{role}", new { permissions = new[] { "fleet.read" } })).Expect(HttpStatusCode.Created);
        var provider = new { issuer = "https://login.company.example", clientId = "x", roleClaim = "groups", roles = new[] { new { value = "depot", role } } };
        (await host.Administrator.Put(path, provider)).Expect(HttpStatusCode.Created);

        Assert.Equal("in-use", (await host.Administrator.Delete($"/api/v1/roles/{role}")).Expect(HttpStatusCode.Conflict).Code);
        (await host.Administrator.Delete(path)).Expect(HttpStatusCode.NoContent);
        (await host.Administrator.Delete($"/api/v1/roles/{role}")).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_sign_in_page_of_a_tenant_that_is_none_offers_nothing()
    {
        foreach (var tenant in (string[])["nobody", "NO%20TENANT"])
        {
            var answer = (await host.Anonymous().Get($"/api/v1/auth/providers?tenant={tenant}")).Expect(HttpStatusCode.OK);
            Assert.Equal(JsonValueKind.Array, answer.Body.GetProperty("items").ValueKind);
            Assert.Equal(0, answer.Body.GetProperty("items").GetArrayLength());
        }
    }
}
