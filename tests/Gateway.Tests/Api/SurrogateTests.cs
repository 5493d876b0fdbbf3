using System.Net;
using System.Text;
using EvCharge.Gateway.Api;

namespace EvCharge.GatewayTests.Api;

/// <summary>Halves of surrogate pairs, which JSON can spell and no text can hold.</summary>
public sealed class SurrogateTests(GatewayHost host)
{
    private const string Half = """
        "\ud800"
        """;

    [Fact]
    public async Task From_a_caller_they_are_refused_wherever_a_member_may_be_anything()
    {
        var site = $"/api/v1/sites/{host.Name("s")}";
        (await host.Administrator.SendText(HttpMethod.Put, site, $$"""{"tree":{{Half}}}""")).ExpectField(HttpStatusCode.UnprocessableEntity, "tree");
        (await host.Administrator.SendText(HttpMethod.Put, site, $$$"""{"tree":{"a":{{{Half}}}}}""")).ExpectField(HttpStatusCode.UnprocessableEntity, "tree");
        (await host.Administrator.SendText(HttpMethod.Post, "/api/v1/batches", $$$"""{"action":"ClearCache","payload":{"a":{{{Half}}}}}"""))
            .Expect(HttpStatusCode.UnprocessableEntity);
        (await host.Administrator.SendText(HttpMethod.Post, $"/api/v1/chargers/{host.Name("CP")}/calls/ChangeConfiguration", $$"""{"key":{{Half}},"value":"1"}"""))
            .Expect(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Of_a_charger_they_are_shown_as_replacement_characters()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Connect(host.Address, name);
        var asked = host.Administrator.Post($"/api/v1/chargers/{name}/calls/DataTransfer", new { vendorId = "v" });
        var call = await charger.NextCall();
        await charger.Answer(call.Id, """{"status":"Accepted","data":"a\ud800b \ud83d\ude00 \\ud800"}""");

        var answer = (await asked).Expect(HttpStatusCode.OK).Body;

        var command = (await host.Administrator.Get($"/api/v1/commands/{answer.GetProperty("commandId").GetInt64()}")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("a\ufffdb 😀 \\ud800", answer.GetProperty("result").GetProperty("data").GetString());
        Assert.Equal("a\ufffdb 😀 \\ud800", command.GetProperty("result").GetProperty("data").GetString());
        (await host.Administrator.Get($"/api/v1/frames?charger={name}")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""", true)]
    [InlineData("""{"a":"\ude00\ud83d"}""", false)]
    [InlineData("""{"\ud83d":1}""", false)]
    [InlineData("""["\\ud83d"]""", true)]
    public void A_document_is_readable_when_all_its_strings_and_names_are(string json, bool readable) =>
        Assert.Equal(readable, JsonText.IsReadable(Encoding.UTF8.GetBytes(json)));
}
