using System.Net;
using System.Text.Json;

namespace EvCharge.GatewayTests.Api;

public sealed class TagsApiTests(GatewayHost host)
{
    [Fact]
    public async Task A_tag_is_the_same_in_whatever_case_it_is_written()
    {
        var tag = host.Name("TaG");
        var created = (await host.Administrator.Put(
            $"/api/v1/tags/{tag}", new { status = "Blocked", expiry = "2030-01-01T00:00:00+02:00", parent = "GROUP", priority = 3 }))
            .Expect(HttpStatusCode.Created);

        var read = (await host.Administrator.Get($"/api/v1/tags/{tag.ToUpperInvariant()}")).Expect(HttpStatusCode.OK);

        Assert.Equal(created.Text, read.Text);
        Assert.Equal(tag, read.Body.GetProperty("idTag").GetString());
        Assert.Equal("Blocked", read.Body.GetProperty("status").GetString());
        Assert.Equal(new DateTimeOffset(2029, 12, 31, 22, 0, 0, TimeSpan.Zero), read.Body.GetProperty("expiry").GetDateTimeOffset());
        (await host.Administrator.Put($"/api/v1/tags/{tag.ToUpperInvariant()}", new { })).Expect(HttpStatusCode.OK);
        (await host.Administrator.Delete($"/api/v1/tags/{tag}")).Expect(HttpStatusCode.NoContent);
        (await host.Administrator.Get($"/api/v1/tags/{tag}")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"status":"Lost"}""", "status")]
    [InlineData("""{"priority":10}""", "priority")]
    [InlineData("""{"departure":"7 am"}""", "departure")]
    [InlineData("""{"energyWh":-1}""", "energyWh")]
    [InlineData("""{"parent":""}""", "parent")]
    [InlineData("""{"expiry":"tomorrow"}""", "expiry")]
    [InlineData("""{"sites":["no-such-site"]}""", "sites[0]")]
    [InlineData("""{"sites":[null]}""", "sites[0]")]
    [InlineData("""{"idTag":"ANOTHER"}""", "idTag")]
    public async Task What_a_tag_cannot_be_is_refused_naming_the_member(string body, string field) =>
        (await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/tags/{host.Name("T")}", body))
            .ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Fact]
    public async Task A_tag_may_hold_anything_printable_and_does_no_harm()
    {
        const string tag = "';DROP TABLE tag;-- =HYPERLINK(\"x\")";
        var path = "/api/v1/tags/" + Uri.EscapeDataString(tag);

        (await host.Administrator.Put(path, new { })).Expect(HttpStatusCode.Created);

        Assert.Equal(tag, (await host.Administrator.Get(path)).Expect(HttpStatusCode.OK).Body.GetProperty("idTag").GetString());
        (await host.Administrator.Put("/api/v1/tags/a%0Ab", new { })).ExpectField(HttpStatusCode.BadRequest, "idTag");
        (await host.Administrator.Put($"/api/v1/tags/{new string('x', 256)}", new { })).ExpectField(HttpStatusCode.BadRequest, "idTag");
    }

    [Fact]
    public async Task Pages_go_by_the_form_that_tags_are_compared_in()
    {
        var prefix = host.Name("p");
        string[] tags = [$"{prefix}.a", $"{prefix}.B", $"{prefix}.c", $"{prefix}.D"];
        foreach (var tag in tags)
        {
            await host.Administrator.Put($"/api/v1/tags/{tag}", new { });
        }

        var seen = await Pages.All(host.Administrator, "/api/v1/tags", 2, item => item.GetProperty("idTag").GetString()!);

        Assert.Equal(tags, seen.Where(tag => tag.StartsWith(prefix + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_vehicle_that_listed_the_tag_first_is_shown_by_the_new_tag()
    {
        var (tag, vehicle) = (host.Name("T"), host.Name("v"));
        await host.Administrator.Put($"/api/v1/vehicles/{vehicle}", new { tags = new[] { tag } });

        var created = (await host.Administrator.Put($"/api/v1/tags/{tag}", new { })).Expect(HttpStatusCode.Created);

        Assert.Equal(vehicle, created.Body.GetProperty("vehicle").GetString());
        (await host.Administrator.Put($"/api/v1/tags/{tag}", new { })).Expect(HttpStatusCode.OK);
        var after = (await host.Administrator.Get($"/api/v1/vehicles/{vehicle}")).Body;
        Assert.Empty(after.GetProperty("tags").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, (await host.Administrator.Get($"/api/v1/tags/{tag}")).Body.GetProperty("vehicle").ValueKind);
    }
}
