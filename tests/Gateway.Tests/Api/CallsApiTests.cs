using System.Net;
using System.Text.Json;

namespace EvCharge.GatewayTests.Api;

/// <summary>Calls through the whole of the system: REST, grain, socket and back.</summary>
public sealed class CallsApiTests(GatewayHost host)
{
    [Fact]
    public async Task The_answer_of_the_charger_is_the_answer_of_the_call()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        var calling = Call(name, "GetConfiguration", new { key = new[] { "HeartbeatInterval" } });
        var (id, action, payload) = await charger.NextCall();
        await charger.Answer(id, """{"unknownKey":["HeartbeatInterval"]}""");
        var answer = (await calling).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("GetConfiguration", action);
        Assert.Equal("HeartbeatInterval", payload.GetProperty("key")[0].GetString());
        Assert.Equal("answered", answer.GetProperty("status").GetString());
        Assert.Equal("HeartbeatInterval", answer.GetProperty("result").GetProperty("unknownKey")[0].GetString());
        Assert.True(answer.GetProperty("latencyMs").GetDouble() >= 0);

        var command = (await host.Administrator.Get($"/api/v1/commands/{answer.GetProperty("commandId").GetInt64()}")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("answered", command.GetProperty("status").GetString());
        Assert.Equal(name, command.GetProperty("charger").GetString());
        Assert.Equal("admin", command.GetProperty("requestedBy").GetString());
        Assert.Equal("HeartbeatInterval", command.GetProperty("payload").GetProperty("key")[0].GetString());
    }

    [Fact]
    public async Task An_error_of_the_charger_is_an_answer_too()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        var calling = Call(name, "ClearCache", new { });
        var (id, _, _) = await charger.NextCall();
        await charger.Send($$"""[4,"{{id}}","NotSupported","no cache",{}]""");
        var answer = (await calling).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("error", answer.GetProperty("status").GetString());
        Assert.Equal("NotSupported", answer.GetProperty("errorCode").GetString());
        Assert.Equal("no cache", answer.GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_charger_that_is_not_there_is_a_conflict()
    {
        var name = await NewCharger();

        Assert.Equal("offline", (await Call(name, "ClearCache", new { })).Expect(HttpStatusCode.Conflict).Code);
    }

    [Fact]
    public async Task A_charger_that_does_not_answer_times_out_and_a_late_answer_is_still_recorded()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        var calling = Call(name, "ClearCache", new { });
        var (id, _, _) = await charger.NextCall();
        Assert.Equal("timeout", (await calling).Expect(HttpStatusCode.GatewayTimeout).Code);

        await charger.Answer(id, """{"status":"Accepted"}""");
        var command = await Eventually($"/api/v1/commands?charger={name}", list => list.GetProperty("items")[0], item => item.GetProperty("late").GetBoolean());
        Assert.Equal("answered", command.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_connection_lost_before_the_answer_leaves_the_outcome_unknown()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        var calling = Call(name, "UnlockConnector", new { connectorId = 1 });
        await charger.NextCall();
        charger.Abort();

        Assert.Equal("unknown", (await calling).Expect(HttpStatusCode.BadGateway).Code);
    }

    [Fact]
    public async Task A_call_in_the_background_is_accepted_and_followed_by_its_id()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        var accepted = (await host.Administrator.Post($"/api/v1/chargers/{name}/calls/ClearCache?async=true", new { })).Expect(HttpStatusCode.Accepted);
        var (id, _, _) = await charger.NextCall();
        await charger.Answer(id, """{"status":"Accepted"}""");

        var location = accepted.Message.Headers.Location!.ToString();
        Assert.Equal($"/api/v1/commands/{accepted.Body.GetProperty("commandId").GetInt64()}", location);
        var ended = await Eventually(location, body => body, body => body.GetProperty("status").GetString() == "answered");
        Assert.Equal("Accepted", ended.GetProperty("result").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_call_repeated_with_its_key_is_sent_once()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var client = host.Administrator.With("Idempotency-Key", host.Name("key"));
        var path = $"/api/v1/chargers/{name}/calls/ClearCache";

        var first = client.Post(path, new { });
        var (id, _, _) = await charger.NextCall();
        await charger.Answer(id, """{"status":"Accepted"}""");
        var one = (await first).Expect(HttpStatusCode.OK).Body.GetProperty("commandId").GetInt64();
        var two = (await client.Post(path, new { })).Expect(HttpStatusCode.OK).Body.GetProperty("commandId").GetInt64();

        Assert.Equal(one, two);
        var commands = await Pages.All(host.Administrator, $"/api/v1/commands?charger={name}", 1, item => item.GetProperty("id").GetInt64());
        Assert.Equal([one], commands);
        (await host.Administrator.With("Idempotency-Key", new string('k', 129)).Post(path, new { })).ExpectField(HttpStatusCode.BadRequest, "Idempotency-Key");
    }

    [Theory]
    [InlineData("ClearCache", "[]", HttpStatusCode.UnprocessableEntity, "")]
    [InlineData("NoSuchAction", "{}", HttpStatusCode.UnprocessableEntity, "action")]
    [InlineData("UnlockConnector", "{}", HttpStatusCode.UnprocessableEntity, "connectorId")]
    [InlineData("UnlockConnector", """{"connectorId":"one"}""", HttpStatusCode.UnprocessableEntity, "connectorId")]
    [InlineData("Reset", """{"type":"Warm"}""", HttpStatusCode.UnprocessableEntity, "type")]
    [InlineData("ClearCache", "{", HttpStatusCode.BadRequest, "")]
    [InlineData("Reset", """{"type":"Soft","type":"Hard"}""", HttpStatusCode.BadRequest, "")]
    public async Task A_call_that_is_not_valid_is_refused_naming_the_member(string action, string payload, HttpStatusCode status, string field)
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        (await host.Administrator.SendText(HttpMethod.Post, $"/api/v1/chargers/{name}/calls/{action}", payload)).ExpectField(status, field);
    }

    [Fact]
    public async Task A_charger_that_nobody_configured_takes_no_calls() =>
        (await Call(host.Name("CP"), "ClearCache", new { })).Expect(HttpStatusCode.NotFound);

    [Fact]
    public async Task An_operator_sends_the_calls_of_daily_work_and_no_others()
    {
        var name = await NewCharger();
        var worker = await host.WithRole("operator");
        string Path(string action) => $"/api/v1/chargers/{name}/calls/{action}?async=true";

        (await worker.Post(Path("Reset"), new { type = "Hard" })).Expect(HttpStatusCode.Forbidden);
        (await worker.Post(Path("ChangeConfiguration"), new { key = "a", value = "b" })).Expect(HttpStatusCode.Forbidden);
        (await worker.Post(Path("Reset"), new { type = "Soft" })).Expect(HttpStatusCode.Accepted);
        (await worker.Post(Path("UnlockConnector"), new { connectorId = 1 })).Expect(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_key_that_was_sent_to_a_charger_is_not_shown()
    {
        var name = await NewCharger();
        var path = $"/api/v1/chargers/{name}/calls/ChangeConfiguration?async=true";

        var sent = (await host.Administrator.Post(path, new { key = "AuthorizationKey", value = "0123456789abcdef" })).Expect(HttpStatusCode.Accepted);
        var shown = await host.Administrator.Get(sent.Message.Headers.Location!.ToString());

        Assert.Equal("***", shown.Expect(HttpStatusCode.OK).Body.GetProperty("payload").GetProperty("value").GetString());
        Assert.DoesNotContain("0123456789abcdef", (await host.Administrator.Get($"/api/v1/commands?charger={name}")).Text, StringComparison.Ordinal);
    }

    private async Task<string> NewCharger()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        return name;
    }

    private Task<ApiAnswer> Call(string charger, string action, object payload) =>
        host.Administrator.Post($"/api/v1/chargers/{charger}/calls/{action}", payload);

    /// <summary>Reads again until the condition holds; the test's own time-out ends it.</summary>
    private async Task<JsonElement> Eventually(string path, Func<JsonElement, JsonElement> pick, Func<JsonElement, bool> holds)
    {
        while (true)
        {
            var item = pick((await host.Administrator.Get(path)).Expect(HttpStatusCode.OK).Body);
            if (holds(item))
            {
                return item;
            }

            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
