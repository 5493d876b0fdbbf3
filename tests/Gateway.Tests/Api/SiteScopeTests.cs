using System.Diagnostics;
using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Live;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Api;

/// <summary>Who sees some sites of a tenant only, through every route that there is.</summary>
public sealed class SiteScopeTests(GatewayHost host)
{
    /// <summary>Lists that want to be asked for one charger or curve; others of this kind fail here until they are added.</summary>
    private static readonly string[] AskedForOneThing = ["listFrames", "exportFrames", "getSeries", "openLive"];

    [Trait("attack", "foreign-site")]
    [Fact]
    public async Task A_thing_of_another_site_is_not_found_and_cannot_be_told_from_one_that_is_nowhere()
    {
        var theirs = await Things.Make(host);
        var mine = await Site();
        var stranger = await host.WithSites(Roles.Administrator, mine);

        // The one file there is is a firmware, which is everybody's; those of chargers are looked at where they are stored.
        var ofSites = Things.RoutesOf(host).Where(named =>
            named.Route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName != "getFileContent"
            && named.Route.Metadata.GetMetadata<RequiredPermission>()!.Permission != Permission.SignedIn
            && !named.Route.Metadata.OfType<SiteRule>().Contains(SiteRule.Common));
        await theirs.AssertHiddenFrom(stranger, ofSites, host, least: 60);
    }

    [Trait("attack", "foreign-site")]
    [Fact]
    public async Task Every_list_has_what_is_at_the_callers_sites_and_nothing_else()
    {
        var (mine, theirs) = (await Things.Make(host), await Things.Make(host));
        var caller = await host.WithSites(Roles.Administrator, mine.Names["site"]);
        var (listed, findings) = (new List<string>(), new List<string>());
        foreach (var route in Lists())
        {
            var name = route.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName;
            var text = (await caller.Get("/" + route.RoutePattern.RawText!.TrimStart('/'))).Expect(HttpStatusCode.OK).Text;
            if (text.Contains(theirs.Names["site"], StringComparison.Ordinal) || text.Contains(theirs.Names["charger"], StringComparison.Ordinal))
            {
                findings.Add($"{name}: {text}");
            }

            if (text.Contains(mine.Names["site"], StringComparison.Ordinal) || text.Contains(mine.Names["charger"], StringComparison.Ordinal))
            {
                listed.Add(name);
            }
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
        Assert.Superset(
            new HashSet<string>
            {
                "listSites", "listChargers", "listTransactions", "listCommands", "listEvents", "listReservations", "listCommissioning", "listAuthorizationRequests", "listAlarmSuppressions", "exportTransactionsCsv",
            },
            listed.ToHashSet());
    }

    [Fact]
    public async Task What_is_asked_for_one_thing_knows_those_of_the_callers_sites_alone()
    {
        var (mine, theirs) = (await Things.Make(host), await Things.Make(host));
        var caller = await host.WithSites(Roles.Administrator, mine.Names["site"]);
        const string Period = "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
        foreach (var path in (string[])["frames?charger={0}", "frames.ndjson?charger={0}", "series?tag=charger/{0}/connector/1/power&" + Period, "series?tag=site/{1}/free&" + Period])
        {
            string Of(Things things) => "/api/v1/" + string.Format(null, path, things.Names["charger"], things.Names["site"]);
            (await caller.Get(Of(mine))).Expect(HttpStatusCode.OK);
            (await caller.Get(Of(theirs))).Expect(HttpStatusCode.NotFound);
        }

        foreach (var topics in (string[])["site:" + theirs.Names["site"], "charger:" + theirs.Names["charger"], "site:", $"site:{mine.Names["site"]},site:{theirs.Names["site"]}"])
        {
            (await caller.Get($"/api/v1/live?topics={topics}")).Expect(HttpStatusCode.NotFound);
        }

        var reserved = await caller.Post("/api/v1/reservations", new { charger = theirs.Names["charger"], connector = 1, idTag = "X", expiry = TimeProvider.System.GetUtcNow().AddHours(1) });
        reserved.ExpectField(HttpStatusCode.UnprocessableEntity, "charger");
    }

    [Fact]
    public async Task The_live_overview_shows_the_callers_sites_and_ends_when_they_are_others()
    {
        var (mine, theirs) = (await Things.Make(host), await Things.Make(host));
        var (user, password) = (host.Name("u"), "a-long-password");
        await Put(user, new { role = "guest", password, sites = new[] { mine.Names["site"] } }, HttpStatusCode.Created);
        var token = (await host.Anonymous().Post("/api/v1/auth/token", new { username = user, password })).Expect(HttpStatusCode.OK).Body.GetProperty("accessToken").GetString()!;
        await using var stream = await EventStream.Open(host.Address, token, "overview");
        var first = await stream.Next();
        Assert.Equal([mine.Names["site"]], first!.Value.GetProperty("keys").EnumerateArray().Select(key => key.GetString()));

        await Put(user, new { role = "guest", sites = new[] { theirs.Names["site"] } }, HttpStatusCode.OK);
        var clock = Stopwatch.StartNew();
        while (await stream.Next() is { } frame)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "The stream goes on.");
            Assert.DoesNotContain(theirs.Names["site"], frame.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Chargers_are_made_at_moved_between_and_deleted_from_the_callers_sites_alone()
    {
        var (mine, other, theirs) = (await Site(), await Site(), await Site());
        var caller = await host.WithSites(Roles.Administrator, mine, other);
        var (own, foreign) = (host.Name("CP"), host.Name("CP"));
        (await host.Administrator.Put($"/api/v1/chargers/{foreign}", new { site = theirs })).Expect(HttpStatusCode.Created);

        (await caller.Put($"/api/v1/chargers/{own}", new { })).ExpectField(HttpStatusCode.UnprocessableEntity, "site");
        (await caller.Put($"/api/v1/chargers/{own}", new { site = theirs })).ExpectField(HttpStatusCode.UnprocessableEntity, "site");
        (await caller.Put($"/api/v1/chargers/{own}", new { site = mine })).Expect(HttpStatusCode.Created);
        (await caller.Put($"/api/v1/chargers/{own}", new { site = other })).Expect(HttpStatusCode.OK);
        (await caller.Put($"/api/v1/chargers/{foreign}", new { site = mine })).Expect(HttpStatusCode.NotFound);
        (await caller.Delete($"/api/v1/chargers/{foreign}")).Expect(HttpStatusCode.NotFound);
        var document = JsonSerializer.Deserialize<JsonElement>($$"""{"chargers":[{"charger":"{{foreign}}"}]}""");
        Assert.NotEqual(HttpStatusCode.OK, (await caller.Put($"/api/v1/sites/{mine}/configuration", document)).Status);
        Assert.Equal(theirs, (await host.Administrator.Get($"/api/v1/chargers/{foreign}")).Body.GetProperty("site").GetString());

        // The charger goes where the caller may not follow.
        (await host.Administrator.Put($"/api/v1/chargers/{own}", new { site = theirs })).Expect(HttpStatusCode.OK);
        (await caller.Get($"/api/v1/chargers/{own}")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_user_of_some_sites_is_told_so_and_has_nothing_of_the_tenant()
    {
        var (site, user) = (await Site(), host.Name("u"));
        await Put(user, new { role = "administrator", password = "a-long-password", sites = new[] { site } }, HttpStatusCode.Created);
        var client = await host.SignIn(user, "a-long-password");

        var me = (await client.Get("/api/v1/me")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal([site], me.GetProperty("sites").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(Roles.OfSites.Order(StringComparer.Ordinal), me.GetProperty("permissions").EnumerateArray().Select(one => one.GetString()));
        foreach (var path in (string[])["users", "tags", "settings", "audit", "api-keys", "vehicles", "roles", "identity-providers"])
        {
            Assert.Equal("forbidden", (await client.Get($"/api/v1/{path}")).Expect(HttpStatusCode.Forbidden).Code);
        }

        foreach (var path in (string[])["batches", "configuration"])
        {
            Assert.Equal("some-sites-only", (await client.Get($"/api/v1/{path}")).Expect(HttpStatusCode.Forbidden).Code);
        }

        Assert.Equal([site], (await host.Administrator.Get($"/api/v1/users/{user}")).Body.GetProperty("sites").EnumerateArray().Select(one => one.GetString()));
        await Put(user, new { role = "administrator" }, HttpStatusCode.OK);
        (await client.Get("/api/v1/users")).Expect(HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, (await client.Get("/api/v1/me")).Body.GetProperty("sites").ValueKind);
    }

    [Fact]
    public async Task Who_has_an_empty_list_sees_none_and_a_deleted_site_may_stay_in_one()
    {
        var (site, user) = (await Site(), host.Name("u"));
        await Put(user, new { role = "guest", password = "a-long-password", sites = Array.Empty<string>() }, HttpStatusCode.Created);
        var client = await host.SignIn(user, "a-long-password");
        Assert.Empty((await client.Get("/api/v1/sites")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());

        await Put(user, new { role = "guest", sites = new[] { site } }, HttpStatusCode.OK);
        Assert.Single((await client.Get("/api/v1/sites")).Body.GetProperty("items").EnumerateArray().ToList());
        (await host.Administrator.Delete($"/api/v1/sites/{site}")).Expect(HttpStatusCode.NoContent);
        Assert.Empty((await client.Get("/api/v1/sites")).Body.GetProperty("items").EnumerateArray());
        await Put(user, new { role = "operator", sites = new[] { site } }, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""["no-such-site"]""", "sites[0]")]
    [InlineData("""[null]""", "sites[0]")]
    [InlineData("""["a b"]""", "sites[0]")]
    [InlineData("""["x","x"]""", "sites")]
    public async Task Sites_that_are_none_are_refused(string sites, string field)
    {
        foreach (var (method, path, more) in ((HttpMethod, string, string)[])[
            (HttpMethod.Put, $"/api/v1/users/{host.Name("u")}", "\"password\":\"a-long-password\""), (HttpMethod.Post, "/api/v1/api-keys", "\"description\":\"x\"")])
        {
            (await host.Administrator.SendText(method, path, $$"""{"role":"guest",{{more}},"sites":{{sites}}}""")).ExpectField(HttpStatusCode.UnprocessableEntity, field);
        }
    }

    [Fact]
    public async Task More_than_a_hundred_sites_platform_administrators_and_oneself_are_refused()
    {
        var (user, site) = (host.Name("u"), await Site());
        var many = Enumerable.Range(0, 101).Select(number => $"s{number}").ToArray();
        (await host.Administrator.Put($"/api/v1/users/{user}", new { role = "guest", password = "a-long-password", sites = many })).ExpectField(HttpStatusCode.UnprocessableEntity, "sites");
        (await host.Administrator.Put($"/api/v1/users/{user}", new { role = "administrator", password = "a-long-password", platformAdministrator = true, sites = new[] { site } }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "sites");

        await Put(user, new { role = "administrator", password = "a-long-password" }, HttpStatusCode.Created);
        var client = await host.SignIn(user, "a-long-password");
        Assert.Equal("own-account", (await client.Put($"/api/v1/users/{user}", new { role = "administrator", sites = new[] { site } })).Expect(HttpStatusCode.Conflict).Code);
    }

    /// <summary>Routes of lists and files that are narrowed to the caller's sites and can be asked for all of them.</summary>
    private IEnumerable<RouteEndpoint> Lists() =>
        from route in host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where route.Metadata.OfType<SiteRule>().Contains(SiteRule.Narrowed) && route.RoutePattern.Parameters.Count == 0
            && route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET")
            && !AskedForOneThing.Contains(route.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName)
        select route;

    private async Task<string> Site()
    {
        var site = host.Name("s");
        (await host.Administrator.Put($"/api/v1/sites/{site}", new { })).Expect(HttpStatusCode.Created);
        return site;
    }

    private async Task Put(string user, object body, HttpStatusCode expected) => (await host.Administrator.Put($"/api/v1/users/{user}", body)).Expect(expected);
}
