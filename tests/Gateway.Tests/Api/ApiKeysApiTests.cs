using System.Net;

namespace EvCharge.GatewayTests.Api;

public sealed class ApiKeysApiTests(GatewayHost host)
{
    [Fact]
    public async Task A_key_is_shown_once_works_in_both_headers_and_ends_when_it_is_revoked()
    {
        var made = (await host.Administrator.Post("/api/v1/api-keys", new { description = "dashboard", role = "guest" })).Expect(HttpStatusCode.Created);
        var secret = made.Body.GetProperty("secret").GetString()!;
        var id = made.Body.GetProperty("key").GetProperty("id").GetString()!;
        var key = host.Anonymous().With("X-Api-Key", secret);

        Assert.Equal($"api-key/{id}", (await key.Get("/api/v1/me")).Expect(HttpStatusCode.OK).Body.GetProperty("user").GetString());
        (await host.Anonymous().With("Authorization", $"bearer {secret}").Get("/api/v1/me")).Expect(HttpStatusCode.OK);
        var list = await host.Administrator.Get("/api/v1/api-keys?limit=1000");
        Assert.Contains(id, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list.Text, StringComparison.Ordinal);

        (await host.Administrator.Delete($"/api/v1/api-keys/{id}")).Expect(HttpStatusCode.NoContent);

        (await key.Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
        (await host.Administrator.Delete($"/api/v1/api-keys/{id}")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_of_a_platform_administrators_making_is_no_platform_administrator()
    {
        var administrator = await host.WithRole("administrator");

        Assert.False((await administrator.Get("/api/v1/me")).Body.GetProperty("platformAdministrator").GetBoolean());
        (await administrator.With("X-Tenant", GatewayHost.ForeignTenant).Get("/api/v1/me")).Expect(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"role":"guest"}""", "description")]
    [InlineData("""{"description":"x"}""", "role")]
    [InlineData("""{"description":"x","role":"root"}""", "role")]
    [InlineData("""{"description":"x","role":"guest","expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    public async Task What_a_key_cannot_be_is_refused_naming_the_member(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Post, "/api/v1/api-keys", body)).ExpectField(HttpStatusCode.UnprocessableEntity, field);
}
