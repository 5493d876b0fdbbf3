using System.Net;
using OtpNet;

namespace EvCharge.GatewayTests.Api;

public sealed class SecondFactorApiTests(GatewayHost host)
{
    private const string Own = "/api/v1/me/second-factor";

    [Fact]
    public async Task A_login_asks_for_a_code_once_it_is_confirmed_and_takes_none_twice()
    {
        var ann = await NewUser();
        var client = await host.SignIn(ann, "a password");
        var secret = (await client.Post(Own, new { })).Expect(HttpStatusCode.OK).Body.GetProperty("secret").GetString()!;
        Assert.False((await client.Get(Own)).Body.GetProperty("enabled").GetBoolean());
        await host.SignIn(ann, "a password");

        (await client.Post(Own + "/confirm", new { code = Wrong(secret) })).ExpectField(HttpStatusCode.UnprocessableEntity, "code");
        var first = Code(secret, -1);
        var confirmed = (await client.Post(Own + "/confirm", new { code = first })).Expect(HttpStatusCode.OK);

        Assert.Equal(10, confirmed.Body.GetProperty("codes").GetArrayLength());
        Assert.Equal("second-factor", (await Login(ann, null)).Expect(HttpStatusCode.Unauthorized).Code);
        Assert.Equal("second-factor", (await Login(ann, Wrong(secret))).Expect(HttpStatusCode.Unauthorized).Code);
        Assert.Equal("second-factor", (await Login(ann, first)).Expect(HttpStatusCode.Unauthorized).Code);
        Assert.Equal("credentials", (await Login(ann, Code(secret, 0), "a wrong password")).Expect(HttpStatusCode.Unauthorized).Code);
        var code = Code(secret, 1);
        (await Login(ann, code)).Expect(HttpStatusCode.OK);
        (await Login(ann, code)).Expect(HttpStatusCode.Unauthorized);
        (await client.Post(Own, new { })).Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_recovery_code_stands_in_once()
    {
        var ann = await NewUser();
        var (_, recovery) = await Enable(ann);

        (await Login(ann, recovery[0])).Expect(HttpStatusCode.OK);
        (await Login(ann, recovery[0])).Expect(HttpStatusCode.Unauthorized);
        (await Login(ann, recovery[1])).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_is_removed_by_a_code_or_by_an_administrator()
    {
        var ann = await NewUser();
        var (client, recovery) = await Enable(ann);
        (await client.Post(Own + "/remove", new { code = "nothing" })).ExpectField(HttpStatusCode.UnprocessableEntity, "code");
        (await client.Post(Own + "/remove", new { code = recovery[0] })).Expect(HttpStatusCode.NoContent);
        (await Login(ann, null)).Expect(HttpStatusCode.OK);

        await Enable(ann);
        (await host.Administrator.Delete($"/api/v1/users/{ann}/second-factor")).Expect(HttpStatusCode.NoContent);
        (await host.Administrator.Delete($"/api/v1/users/{ann}/second-factor")).Expect(HttpStatusCode.NotFound);
        (await Login(ann, null)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_user_who_is_made_anew_has_none()
    {
        var ann = await NewUser();
        await Enable(ann);
        (await host.Administrator.Delete($"/api/v1/users/{ann}")).Expect(HttpStatusCode.NoContent);
        (await host.Administrator.Put($"/api/v1/users/{ann}", new { role = "guest", password = "a password" })).Expect(HttpStatusCode.Created);

        (await Login(ann, null)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_program_has_none() =>
        Assert.Equal("no-user", (await (await host.WithRole("guest")).Post(Own, new { })).Expect(HttpStatusCode.Conflict).Code);

    private async Task<(ApiClient Client, string[] Recovery)> Enable(string user)
    {
        var client = await host.SignIn(user, "a password");
        var secret = (await client.Post(Own, new { })).Expect(HttpStatusCode.OK).Body.GetProperty("secret").GetString()!;
        var confirmed = (await client.Post(Own + "/confirm", new { code = Code(secret, 0) })).Expect(HttpStatusCode.OK);
        return (client, [.. confirmed.Body.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    private Task<ApiAnswer> Login(string username, string? code, string password = "a password") =>
        host.Anonymous().Post("/api/v1/auth/token", new { username, password, code });

    private async Task<string> NewUser()
    {
        var name = host.Name("u");
        (await host.Administrator.Put($"/api/v1/users/{name}", new { role = "guest", password = "a password" })).Expect(HttpStatusCode.Created);
        return name;
    }

    /// <param name="steps">Of 30 s from now.</param>
    private static string Code(string secret, int steps) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().AddSeconds(30 * steps).UtcDateTime);

    /// <summary>Six digits that no step around now has.</summary>
    private static string Wrong(string secret)
    {
        var right = Enumerable.Range(-3, 7).Select(steps => Code(secret, steps)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, 8).Select(number => $"{number:000000}").First(code => !right.Contains(code));
    }
}
