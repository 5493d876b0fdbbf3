using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Operations;

/// <summary>What a charger should be set to is brought to it, and again when it comes back set otherwise.</summary>
public sealed class DesiredStateTests(GatewayHost host)
{
    [Fact]
    public async Task A_key_is_read_and_changed_at_once_and_again_after_a_boot_that_lost_it()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        (await Put(name, "configuration/MeterValueSampleInterval", new { value = "30" })).Expect(HttpStatusCode.Accepted);

        await Tell(charger, "GetConfiguration", """{"configurationKey":[{"key":"MeterValueSampleInterval","readonly":false,"value":"60"}]}""");
        var change = await Tell(charger, "ChangeConfiguration", """{"status":"RebootRequired"}""");
        Assert.Equal("30", change.GetProperty("value").GetString());
        await Key(name, key => key.GetProperty("rebootRequired").GetBoolean()
            && !key.GetProperty("differs").GetBoolean()
            && key.GetProperty("actual").GetString() == "30");

        await charger.Call("BootNotification", WireCharger.Boot);
        await Tell(charger, "GetConfiguration", """{"configurationKey":[{"key":"meterValueSampleInterval","readonly":false,"value":"60"}]}""");
        await Tell(charger, "ChangeConfiguration", """{"status":"Rejected"}""");
        await Key(name, key => key.GetProperty("outcome").GetString() == "Rejected"
            && key.GetProperty("differs").GetBoolean()
            && key.GetProperty("actual").GetString() == "60");
    }

    [Fact]
    public async Task A_key_that_is_as_desired_is_left_alone()
    {
        var name = await NewCharger();
        (await Put(name, "configuration/AuthorizeRemoteTxRequests", new { value = "true" })).Expect(HttpStatusCode.Accepted);
        await using var charger = await WireCharger.Connect(host.Address, name);

        await Tell(charger, "GetConfiguration", """{"configurationKey":[{"key":"AuthorizeRemoteTxRequests","readonly":true,"value":"True"}]}""");

        await Key(name, key => !key.GetProperty("differs").GetBoolean() && key.GetProperty("readonly").GetBoolean());
        Assert.False(charger.HasCall);
    }

    [Fact]
    public async Task A_key_that_the_charger_has_not_is_shown_as_such()
    {
        var name = await NewCharger();
        (await Put(name, "configuration/Nonsense", new { value = "1" })).Expect(HttpStatusCode.Accepted);
        await using var charger = await WireCharger.Connect(host.Address, name);

        await Tell(charger, "GetConfiguration", """{"unknownKey":["Nonsense"]}""");

        await Key(name, key => key.GetProperty("unknown").GetBoolean() && key.GetProperty("differs").GetBoolean());
        (await host.Administrator.Delete($"/api/v1/chargers/{name}/configuration/nonsense")).Expect(HttpStatusCode.NoContent);
        await Key(name, key => key.GetProperty("desired").ValueKind == JsonValueKind.Null && !key.GetProperty("differs").GetBoolean());
    }

    [Fact]
    public async Task What_a_charger_says_of_its_keys_is_kept_but_not_its_password()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var calling = host.Administrator.Post($"/api/v1/chargers/{name}/calls/GetConfiguration", new { });

        await Tell(charger, "GetConfiguration",
            """{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"0123456789abcdef"},{"key":"NumberOfConnectors","readonly":true,"value":2}]}""");
        (await calling).Expect(HttpStatusCode.OK);

        await Key(name, key => key.GetProperty("key").GetString() == "NumberOfConnectors" && key.GetProperty("actual").GetString() == "2");
    }

    [Fact]
    public async Task A_connector_is_taken_out_of_service_again_after_a_boot_that_brought_it_back()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        (await Put(name, "connectors/1/availability", new { operative = false })).Expect(HttpStatusCode.Accepted);
        var change = await Tell(charger, "ChangeAvailability", """{"status":"Scheduled"}""");
        Assert.Equal("Inoperative", change.GetProperty("type").GetString());
        await Eventually.Holds(
            async () => Assert.Single(await Items(name, "availability")).GetProperty("outcome").GetString() == "Scheduled",
            "the charger's answer is shown");

        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        await charger.Call("BootNotification", WireCharger.Boot);
        await Tell(charger, "ChangeAvailability", """{"status":"Accepted"}""");

        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Unavailable"}""");
        (await Put(name, "connectors/1/availability", new { operative = true })).Expect(HttpStatusCode.Accepted);
        Assert.Equal("Operative", (await Tell(charger, "ChangeAvailability", """{"status":"Accepted"}""")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var name = await NewCharger();
        (await Put(name, "configuration/AuthorizationKey", new { value = "0123456789abcdef" })).ExpectField(HttpStatusCode.UnprocessableEntity, "key");
        (await Put(name, $"configuration/{new string('k', 51)}", new { value = "1" })).ExpectField(HttpStatusCode.UnprocessableEntity, "key");
        (await Put(name, "configuration/Key", new { value = new string('v', 501) })).ExpectField(HttpStatusCode.UnprocessableEntity, "value");
        (await Put(name, "configuration/Key", new { })).ExpectField(HttpStatusCode.UnprocessableEntity, "value");
        (await Put(name, "connectors/1/availability", new { })).ExpectField(HttpStatusCode.UnprocessableEntity, "operative");
        (await Put(name, "connectors/7/availability", new { operative = true })).Expect(HttpStatusCode.NotFound);
        (await Put(host.Name("none"), "configuration/Key", new { value = "1" })).Expect(HttpStatusCode.NotFound);
    }

    private async Task<string> NewCharger()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { connectors = 2 })).Expect(HttpStatusCode.Created);
        return name;
    }

    private Task<ApiAnswer> Put(string charger, string path, object body) => host.Administrator.Put($"/api/v1/chargers/{charger}/{path}", body);

    private async Task<JsonElement[]> Items(string charger, string list) =>
    [
        .. (await host.Administrator.Get($"/api/v1/chargers/{charger}/{list}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray(),
    ];

    /// <summary>Waits until the charger's only key is as told.</summary>
    private Task Key(string charger, Func<JsonElement, bool> holds) => Eventually.Holds(
        async () => await Items(charger, "configuration") is [var key] && holds(key), "the key is as told");

    /// <summary>Answers the next call, which must be of that action; its payload.</summary>
    private static async Task<JsonElement> Tell(WireCharger charger, string action, string result)
    {
        var (id, called, payload) = await charger.NextCall();
        Assert.Equal(action, called);
        await charger.Answer(id, result);
        return payload;
    }
}
