using System.Net;

namespace EvCharge.GatewayTests.Api;

/// <summary>Bodies that are not what an endpoint takes.</summary>
public sealed class RequestBodyTests(GatewayHost host)
{
    [Theory]
    [InlineData("""{"nmae":"Depot"}""", "nmae")]
    [InlineData("""{"name":17}""", "name")]
    [InlineData("""{"limit":"32"}""", "limit")]
    [InlineData("""{"limit":1e999}""", "limit")]
    [InlineData("""{"smartCharging":{"tickSecond":5}}""", "smartCharging.tickSecond")]
    [InlineData("""{"smartCharging":{"tickSeconds":"5"}}""", "smartCharging.tickSeconds")]
    [InlineData("""{"name":"a","name":"b"}""", "name")]
    [InlineData("[]", "")]
    public async Task Json_of_another_shape_is_refused_naming_the_member(string body, string field) =>
        (await Put(body)).ExpectField(HttpStatusCode.UnprocessableEntity, field);

    [Theory]
    [InlineData("{")]
    [InlineData("""{"name":"Depot",}""")]
    [InlineData("{'name':1}")]
    [InlineData("\u0000")]
    public async Task Text_that_is_not_json_is_a_bad_request(string body) =>
        Assert.Equal("malformed", (await Put(body)).Expect(HttpStatusCode.BadRequest).Code);

    [Fact]
    public async Task Nesting_has_an_end()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 5_000));

        Assert.Equal("malformed", (await Put($$"""{"tree":{{deep}}""")).Expect(HttpStatusCode.BadRequest).Code);
    }

    [Fact]
    public async Task A_body_above_64_KiB_is_not_read()
    {
        var name = new string('x', 70_000);

        Assert.Equal("too-large", (await Put($$"""{"name":"{{name}}"}""")).Expect(HttpStatusCode.RequestEntityTooLarge).Code);
    }

    [Fact]
    public async Task A_call_above_64_KiB_is_not_read()
    {
        var answer = await host.Administrator.Post("/api/v1/chargers/x/calls/DataTransfer", new { data = new string('x', 70_000) });

        Assert.Equal("too-large", answer.Expect(HttpStatusCode.RequestEntityTooLarge).Code);
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        var answer = await host.Administrator.SendText(HttpMethod.Put, $"/api/v1/sites/{host.Name("s")}", "name=x", "application/x-www-form-urlencoded");

        Assert.Equal("media-type", answer.Expect(HttpStatusCode.UnsupportedMediaType).Code);
    }

    [Fact]
    public async Task An_answer_never_names_a_type_of_ours()
    {
        foreach (var body in (string[])["""{"nmae":1}""", """{"name":17}""", "{", "[]", """{"smartCharging":7}"""])
        {
            Assert.DoesNotContain("EvCharge", (await Put(body)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_path_that_is_none_and_a_method_that_is_not_taken_are_problems_too()
    {
        Assert.Equal("not-found", (await host.Administrator.Get("/api/v1/nothing")).Expect(HttpStatusCode.NotFound).Code);
        Assert.Equal("not-found", (await host.Anonymous().Get("/nothing")).Expect(HttpStatusCode.NotFound).Code);
        Assert.Equal("method", (await host.Administrator.Delete("/api/v1/sites")).Expect(HttpStatusCode.MethodNotAllowed).Code);
    }

    private Task<ApiAnswer> Put(string body) =>
        host.Administrator.SendText(HttpMethod.Put, $"/api/v1/sites/{host.Name("s")}", body);
}
