using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Operations;

/// <summary>Every operation that the system sends, through REST to a charger and back, in each way it can end.</summary>
[Trait("pain", "command-without-answer")]
public sealed class CommandOperationTests(GatewayHost host)
{
    public static TheoryData<string> Actions => CommandSamples.Actions;

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task It_is_answered_with_each_status_that_the_standard_knows(string action)
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        foreach (var result in CommandSamples.AnswersOf(action))
        {
            var calling = Call(name, action);
            var (id, sent, payload) = await charger.NextCall();
            await charger.Answer(id, result);
            var answer = (await calling).Expect(HttpStatusCode.OK).Body;

            Assert.Equal(action, sent);
            Assert.True(JsonElement.DeepEquals(Parsed(CommandSamples.Request(action)), payload), payload.ToString());
            Assert.Equal("answered", answer.GetProperty("status").GetString());
            Assert.True(JsonElement.DeepEquals(Parsed(result), answer.GetProperty("result")), answer.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task It_is_refused_by_an_error(string action)
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        var calling = Call(name, action);
        var (id, _, _) = await charger.NextCall();
        await charger.Send($$"""[4,"{{id}}","NotSupported","not here",{}]""");
        var answer = (await calling).Expect(HttpStatusCode.OK).Body;

        Assert.Equal("error", answer.GetProperty("status").GetString());
        Assert.Equal("NotSupported", answer.GetProperty("errorCode").GetString());
        Assert.Equal("not here", answer.GetProperty("description").GetString());
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task It_is_not_sent_with_a_member_that_it_has_not(string action)
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var request = CommandSamples.Request(action);
        var changed = request[..request.LastIndexOf('}')] + (request == "{}" ? "" : ",") + "\"nowhere\":1}";

        var refused = await host.Administrator.SendText(HttpMethod.Post, $"/api/v1/chargers/{name}/calls/{action}", changed);

        refused.ExpectField(HttpStatusCode.UnprocessableEntity, "nowhere");
        Assert.False(charger.HasCall);
    }

    [Fact]
    public Task It_times_out_and_its_late_answer_is_still_recorded() =>
        Task.WhenAll(CommandSamples.Actions.Select(row => TimesOutAndIsAnsweredLate(row.Data)));

    private async Task TimesOutAndIsAnsweredLate(string action)
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var result = CommandSamples.AnswersOf(action)[0];

        var calling = Call(name, action);
        var (id, _, _) = await charger.NextCall();
        Assert.Equal("timeout", (await calling).Expect(HttpStatusCode.GatewayTimeout).Code);
        await charger.Answer(id, result);

        await Eventually.Holds(
            async () =>
            {
                var commands = (await host.Administrator.Get($"/api/v1/commands?charger={name}")).Expect(HttpStatusCode.OK).Body;
                var command = Assert.Single(commands.GetProperty("items").EnumerateArray());
                return command.GetProperty("late").GetBoolean()
                    && command.GetProperty("status").GetString() == "answered"
                    && JsonElement.DeepEquals(Parsed(result), command.GetProperty("result"));
            },
            $"the late answer of {action} is recorded");
    }

    private async Task<string> NewCharger()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        return name;
    }

    private Task<ApiAnswer> Call(string charger, string action) =>
        host.Administrator.SendText(HttpMethod.Post, $"/api/v1/chargers/{charger}/calls/{action}", CommandSamples.Request(action));

    private static JsonElement Parsed(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
