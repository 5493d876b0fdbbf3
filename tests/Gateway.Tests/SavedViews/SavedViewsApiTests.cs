using System.Net;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.SavedViews;

public sealed class SavedViewsApiTests(GatewayHost host)
{
    private const string Path = "/api/v1/saved-views";
    private const string Password = "a-long-password";

    [Fact]
    public async Task A_view_is_its_users_alone_until_it_is_kept_for_all()
    {
        var (ann, annName) = await NewUser("operator");
        var (bob, _) = await NewUser("guest");
        var id = host.Name("v");

        (await ann.Put($"{Path}/{id}", View("Depot at night"))).Expect(HttpStatusCode.Created);
        Assert.Contains(id, (await ann.Get($"{Path}?page=trends")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await ann.Get($"{Path}?page=sessions")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await bob.Get(Path)).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);

        (await ann.Put($"{Path}/{id}", View("Depot at night", shared: true))).Expect(HttpStatusCode.OK);
        var seen = (await bob.Get($"{Path}?page=trends")).Body.GetProperty("items").EnumerateArray().Single(view => view.GetProperty("view").GetString() == id);
        Assert.Equal((annName, false, "?range=86400", "Depot at night"),
            (seen.GetProperty("owner").GetString(), seen.GetProperty("own").GetBoolean(), seen.GetProperty("search").GetString(), seen.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_same_name_of_two_users_is_of_two_views()
    {
        var (ann, _) = await NewUser("guest");
        var (bob, _) = await NewUser("guest");
        (await ann.Put($"{Path}/mine", View("Ann's"))).Expect(HttpStatusCode.Created);
        (await bob.Put($"{Path}/mine", View("Bob's"))).Expect(HttpStatusCode.Created);
        (await bob.Delete($"{Path}/mine")).Expect(HttpStatusCode.NoContent);

        Assert.Contains("Ann's", Unescaped(await ann.Get(Path)), StringComparison.Ordinal);
        Assert.DoesNotContain("Bob's", Unescaped(await bob.Get(Path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_keeps_none_for_others_and_deletes_none_of_theirs()
    {
        var (ann, annName) = await NewUser("operator");
        var (guest, _) = await NewUser("guest");
        var (shared, own) = (host.Name("s"), host.Name("o"));
        (await ann.Put($"{Path}/{shared}", View("For all", shared: true))).Expect(HttpStatusCode.Created);
        (await ann.Put($"{Path}/{own}", View("For me"))).Expect(HttpStatusCode.Created);

        (await guest.Put($"{Path}/mine", View("For all", shared: true))).Expect(HttpStatusCode.Forbidden);
        (await guest.Delete($"{Path}/{shared}?owner={annName}")).Expect(HttpStatusCode.Forbidden);

        var (chief, _) = await NewUser("administrator");
        (await chief.Delete($"{Path}/{own}?owner={annName}")).Expect(HttpStatusCode.NotFound);
        (await chief.Delete($"{Path}/{shared}?owner={annName}")).Expect(HttpStatusCode.NoContent);
        (await ann.Delete($"{Path}/{shared}")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Views_for_all_outlive_their_user_and_the_others_do_not()
    {
        var (ann, annName) = await NewUser("operator");
        var (shared, own) = (host.Name("s"), host.Name("o"));
        (await ann.Put($"{Path}/{shared}", View("For all", shared: true))).Expect(HttpStatusCode.Created);
        (await ann.Put($"{Path}/{own}", View("For me"))).Expect(HttpStatusCode.Created);

        (await host.Administrator.Delete($"/api/v1/users/{annName}")).Expect(HttpStatusCode.NoContent);
        (await host.Administrator.Put($"/api/v1/users/{annName}", new { role = "guest", password = Password })).Expect(HttpStatusCode.Created);

        var left = (await (await host.SignIn(annName, Password)).Get(Path)).Expect(HttpStatusCode.OK).Text;
        Assert.Contains(shared, left, StringComparison.Ordinal);
        Assert.DoesNotContain(own, left, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page", """{"name":"N"}""")]
    [InlineData("page", """{"name":"N","page":"../t/other"}""")]
    [InlineData("name", """{"page":"trends"}""")]
    [InlineData("search", """{"page":"trends","name":"N","search":"range=1"}""")]
    [InlineData("search", """{"page":"trends","name":"N","search":"?range=\n"}""")]
    public async Task What_leads_to_no_page_is_refused_by_its_member(string member, string body)
    {
        var (user, _) = await NewUser("guest");
        (await user.SendText(HttpMethod.Put, $"{Path}/mine", body)).ExpectField(HttpStatusCode.UnprocessableEntity, member);
    }

    [Fact]
    public async Task Nobody_keeps_more_than_there_may_be_and_a_program_keeps_none()
    {
        var (user, _) = await NewUser("guest");
        for (var number = 0; number < 200; number++)
        {
            (await user.Put($"{Path}/v{number}", View("Another"))).Expect(HttpStatusCode.Created);
        }

        Assert.Equal("too-many-views", (await user.Put($"{Path}/v200", View("One more"))).Code);
        (await user.Put($"{Path}/v199", View("Changed"))).Expect(HttpStatusCode.OK);

        var program = await host.WithRole("operator");
        Assert.Equal("no-user", (await program.Get(Path)).Code);
        Assert.Equal("no-user", (await program.Put($"{Path}/v", View("Mine"))).Code);
        Assert.Equal("no-user", (await program.Delete($"{Path}/v")).Code);
    }

    private static object View(string name, bool shared = false) => new { page = "trends", name, search = "?range=86400", shared };

    private static string Unescaped(ApiAnswer answer) => answer.Text.Replace("\\u0027", "'", StringComparison.Ordinal);

    private async Task<(ApiClient Client, string Name)> NewUser(string role)
    {
        var name = host.Name("u");
        (await host.Administrator.Put($"/api/v1/users/{name}", new { role, password = Password })).Expect(HttpStatusCode.Created);
        return (await host.SignIn(name, Password), name);
    }
}
