using System.Net;

namespace EvCharge.GatewayTests.Api;

public sealed class PreferencesApiTests(GatewayHost host)
{
    private const string Path = "/api/v1/me/preferences";

    [Fact]
    public async Task They_are_the_users_own_and_outlive_a_change_of_the_user()
    {
        var (ann, bob) = (await NewUser(), await NewUser());
        var client = await host.SignIn(ann, "a-long-password");
        var asked = await client.Put(Path, new { language = "fr", timeZone = "Europe/Paris", powerUnit = "A" });
        asked.Expect(HttpStatusCode.OK);

        (await host.Administrator.Put($"/api/v1/users/{ann}", new { role = "operator" })).Expect(HttpStatusCode.OK);

        Assert.Equal(asked.Text, (await client.Get(Path)).Expect(HttpStatusCode.OK).Text);
        Assert.DoesNotContain("fr", (await (await host.SignIn(bob, "a-long-password")).Get(Path)).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        (await client.Put(Path, new { })).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("fr", (await client.Get(Path)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("language", """{"language":"de"}""")]
    [InlineData("timeZone", """{"timeZone":"Europe/Nowhere"}""")]
    [InlineData("powerUnit", """{"powerUnit":"hp"}""")]
    public async Task What_cannot_be_shown_is_refused_by_its_member(string member, string body)
    {
        var client = await host.SignIn(await NewUser(), "a-long-password");
        (await client.SendText(HttpMethod.Put, Path, body)).ExpectField(HttpStatusCode.UnprocessableEntity, member);
    }

    [Fact]
    public async Task A_program_has_none()
    {
        var program = await host.WithRole("guest");
        Assert.Equal("no-user", (await program.Get(Path)).Code);
        Assert.Equal("no-user", (await program.Put(Path, new { language = "fr" })).Code);
    }

    private async Task<string> NewUser()
    {
        var name = host.Name("u");
        (await host.Administrator.Put($"/api/v1/users/{name}", new { role = "guest", password = "a-long-password" })).Expect(HttpStatusCode.Created);
        return name;
    }
}
