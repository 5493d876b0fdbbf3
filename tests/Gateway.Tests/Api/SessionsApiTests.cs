using System.Net;
using System.Text.Json;

namespace EvCharge.GatewayTests.Api;

public sealed class SessionsApiTests(GatewayHost host)
{
    [Fact]
    public async Task A_user_sees_and_ends_the_own_sessions_and_no_others()
    {
        var (ann, bob) = (await NewUser(), await NewUser());
        var (first, second) = (await host.SignIn(ann, "a password"), await host.SignIn(ann, "a password"));
        var other = await host.SignIn(bob, "a password");

        var seen = await Items(first, "/api/v1/me/sessions");

        Assert.Equal(2, seen.Count);
        var current = Assert.Single(seen, session => session.GetProperty("current").GetBoolean());
        Assert.Contains("127.0.0.1", current.GetProperty("address").GetString(), StringComparison.Ordinal);
        var elsewhere = Id(seen.Single(session => !session.GetProperty("current").GetBoolean()));
        (await other.Delete($"/api/v1/me/sessions/{elsewhere}")).Expect(HttpStatusCode.NotFound);
        (await second.Get("/api/v1/me")).Expect(HttpStatusCode.OK);
        (await first.Delete($"/api/v1/me/sessions/{elsewhere}")).Expect(HttpStatusCode.NoContent);
        (await second.Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
        (await first.Get("/api/v1/me")).Expect(HttpStatusCode.OK);
        (await first.Delete("/api/v1/me/sessions/nothing")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_administrator_ends_one_session_or_all_of_a_user()
    {
        var ann = await NewUser();
        var clients = new[] { await host.SignIn(ann, "a password"), await host.SignIn(ann, "a password"), await host.SignIn(ann, "a password") };
        var path = $"/api/v1/users/{ann}/sessions";
        var own = Id((await Items(clients[0], "/api/v1/me/sessions")).Single(session => session.GetProperty("current").GetBoolean()));

        (await host.Administrator.Delete($"{path}/{own}")).Expect(HttpStatusCode.NoContent);

        (await clients[0].Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
        Assert.Equal(2, (await Items(host.Administrator, path)).Count);
        (await host.Administrator.Delete(path)).Expect(HttpStatusCode.NoContent);
        Assert.Empty(await Items(host.Administrator, path));
        (await clients[2].Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
        (await host.Administrator.Get($"/api/v1/users/{host.Name("nobody")}/sessions")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_program_with_a_key_has_no_sessions() =>
        Assert.Empty(await Items(await host.WithRole("guest"), "/api/v1/me/sessions"));

    private async Task<string> NewUser()
    {
        var name = host.Name("u");
        (await host.Administrator.Put($"/api/v1/users/{name}", new { role = "guest", password = "a password" })).Expect(HttpStatusCode.Created);
        return name;
    }

    private static async Task<IReadOnlyList<JsonElement>> Items(ApiClient client, string path) =>
        [.. (await client.Get(path)).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    private static string Id(JsonElement session) => session.GetProperty("id").GetString()!;
}
