using System.Net;
using System.Text.Json;

namespace EvCharge.GatewayTests.Api;

public sealed class SitesApiTests(GatewayHost host)
{
    [Fact]
    public async Task A_put_creates_then_replaces_and_a_get_shows_what_stands()
    {
        var site = host.Name("s");
        var body = new
        {
            name = "Dépôt",
            timeZone = "Europe/Paris",
            energyUnit = "W",
            limit = 120_000,
            tree = new { nodes = new[] { new { name = "feeder", maxPower = 60_000 } } },
            smartCharging = new { enabled = false, tickSeconds = 5, priorityMode = "weighted" },
        };

        var created = (await host.Administrator.Put($"/api/v1/sites/{site}", body)).Expect(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/sites/{site}", created.Message.Headers.Location?.ToString());
        var read = (await host.Administrator.Get($"/api/v1/sites/{site}")).Expect(HttpStatusCode.OK);
        Assert.Equal(created.Text, read.Text);
        Assert.Equal(created.ETag, read.ETag);
        Assert.Equal("Dépôt", read.Body.GetProperty("name").GetString());
        Assert.Equal(60_000, read.Body.GetProperty("tree").GetProperty("nodes")[0].GetProperty("maxPower").GetInt32());
        Assert.Equal("weighted", read.Body.GetProperty("smartCharging").GetProperty("priorityMode").GetString());

        var replaced = (await host.Administrator.Put($"/api/v1/sites/{site}", new { })).Expect(HttpStatusCode.OK);
        Assert.NotEqual(created.ETag, replaced.ETag);
        Assert.Equal(site, replaced.Body.GetProperty("name").GetString());
        Assert.Equal("UTC", replaced.Body.GetProperty("timeZone").GetString());
        Assert.Equal("A", replaced.Body.GetProperty("energyUnit").GetString());
        Assert.Equal(JsonValueKind.Null, replaced.Body.GetProperty("limit").ValueKind);
    }

    [Theory]
    [InlineData("""{"limit":5.9,"smartCharging":{"enabled":true}}""", "limit")]
    [InlineData("""{"limit":1379,"energyUnit":"W","smartCharging":{"enabled":true}}""", "limit")]
    [InlineData("""{"tree":{"nodes":[{"name":"a","parent":"b"}]}}""", "tree.nodes[0].parent")]
    [InlineData("""{"tree":{"nodes":[{"name":"a","parent":"a"}]}}""", "tree.nodes")]
    [InlineData("""{"tree":{"nodes":[null]}}""", "tree")]
    [InlineData("""{"tree":{"fuses":[]}}""", "tree.fuses")]
    [InlineData("""{"tree":{"nodes":[{"name":"a","maxCurrent":"40"}]}}""", "tree.nodes[0].maxCurrent")]
    [InlineData("""{"tree":{"schedule":[{"day":"Someday","from":"08:00:00","limit":5}]}}""", "tree.schedule[0].day")]
    [InlineData("""{"smartCharging":{"tickSeconds":0}}""", "smartCharging.tickSeconds")]
    [InlineData("""{"smartCharging":{"trust":"blind"}}""", "smartCharging.trust")]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "timeZone")]
    [InlineData("""{"energyUnit":"kW"}""", "energyUnit")]
    [InlineData("""{"limit":-1}""", "limit")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"a\nb"}""", "name")]
    [InlineData("""{"tree":[1]}""", "tree")]
    [InlineData("""{"site":"another"}""", "site")]
    public async Task What_a_site_cannot_be_is_refused_naming_the_member(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/sites/{host.Name("s")}", body))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Fact]
    public async Task All_members_at_fault_are_named_at_once()
    {
        var answer = await host.Administrator.Put($"/api/v1/sites/{host.Name("s")}", new { energyUnit = "kW", timeZone = "x", limit = -1 });

        Assert.Equal(["energyUnit", "limit", "timeZone"], answer.Expect(HttpStatusCode.UnprocessableEntity).Fields.Order());
    }

    [Theory]
    [InlineData("%2e%2e%2fadmin")]
    [InlineData("a%20b")]
    [InlineData("%F0%9F%9A%97")]
    [InlineData("';DROP TABLE site;--")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddX")]
    public async Task A_name_outside_of_the_grammar_is_a_bad_request(string name) =>
        (await host.Administrator.Put($"/api/v1/sites/{name}", new { })).ExpectField(HttpStatusCode.BadRequest, "site");

    [Fact]
    public async Task A_path_with_a_null_character_does_not_reach_the_application() =>
        (await host.Administrator.Put("/api/v1/sites/%00", new { })).Expect(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_write_with_a_stale_etag_changes_nothing()
    {
        var path = $"/api/v1/sites/{host.Name("s")}";
        var first = (await host.Administrator.Put(path, new { name = "first" })).ETag!;
        (await host.Administrator.With("If-Match", first).Put(path, new { name = "second" })).Expect(HttpStatusCode.OK);

        (await host.Administrator.With("If-Match", first).Put(path, new { name = "third" })).Expect(HttpStatusCode.PreconditionFailed);
        (await host.Administrator.With("If-Match", first).Delete(path)).Expect(HttpStatusCode.PreconditionFailed);
        (await host.Administrator.With("If-Match", "\"of-another-system\"").Put(path, new { })).Expect(HttpStatusCode.PreconditionFailed);
        (await host.Administrator.With("If-Match", "no tag").Put(path, new { })).ExpectField(HttpStatusCode.BadRequest, "If-Match");

        Assert.Equal("second", (await host.Administrator.Get(path)).Body.GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_expected_version_of_a_site_that_is_not_there_does_not_match()
    {
        var path = $"/api/v1/sites/{host.Name("s")}";

        (await host.Administrator.With("If-Match", "\"1\"").Put(path, new { })).Expect(HttpStatusCode.PreconditionFailed);

        (await host.Administrator.Get(path)).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_site_with_chargers_stays_and_one_without_goes()
    {
        var site = host.Name("s");
        var charger = host.Name("CP");
        await host.Administrator.Put($"/api/v1/sites/{site}", new { });
        await host.Administrator.Put($"/api/v1/chargers/{charger}", new { site });

        Assert.Equal("in-use", (await host.Administrator.Delete($"/api/v1/sites/{site}")).Expect(HttpStatusCode.Conflict).Code);
        (await host.Administrator.Delete($"/api/v1/chargers/{charger}")).Expect(HttpStatusCode.NoContent);
        (await host.Administrator.Delete($"/api/v1/sites/{site}")).Expect(HttpStatusCode.NoContent);
        (await host.Administrator.Delete($"/api/v1/sites/{site}")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pages_together_hold_every_site_once_in_order()
    {
        var prefix = host.Name("page");
        var names = Enumerable.Range(0, 7).Select(index => $"{prefix}.{index}").ToArray();
        foreach (var name in names)
        {
            await host.Administrator.Put($"/api/v1/sites/{name}", new { });
        }

        var seen = await Pages.All(host.Administrator, "/api/v1/sites", 3, item => item.GetProperty("site").GetString()!);

        Assert.Equal(names, seen.Where(name => name.StartsWith(prefix + ".", StringComparison.Ordinal)));
        Assert.Equal(seen.Distinct(), seen);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("cursor=", "cursor")]
    public async Task A_page_that_cannot_be_is_a_bad_request(string query, string field) =>
        (await host.Administrator.Get($"/api/v1/sites?{query}")).ExpectField(HttpStatusCode.BadRequest, field);
}
