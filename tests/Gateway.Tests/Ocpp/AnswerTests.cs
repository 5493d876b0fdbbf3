using System.Net;
using System.Net.WebSockets;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Answers of chargers to calls that were made, and to calls that nobody made.</summary>
public sealed class AnswerTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Trait("attack", "unsolicited-answer")]
    [Fact]
    public async Task Answers_that_nobody_asked_for_complete_nothing_and_are_not_answered()
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        var calling = Call(name);
        var (id, _, _) = await charger.NextCall();

        await charger.Send("""[3,"another","Accepted"]""");
        await charger.Send("""[3,"another",{"status":"Accepted"}]""");
        await charger.Send("""[4,"another","GenericError","",{}]""");
        await charger.Send("""[3,"",{"status":"Accepted"}]""");
        await charger.Call("Heartbeat", "{}");
        Assert.False(calling.IsCompleted);

        await charger.Answer(id, """{"status":"Rejected"}""");
        Assert.Equal("Rejected", (await calling).Expect(HttpStatusCode.OK).Body.GetProperty("result").GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_answer_of_another_charger_completes_nothing()
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        var (other, _) = await NewCharger();
        await using var __ = other;
        var calling = Call(name);
        var (id, _, _) = await charger.NextCall();

        await other.Answer(id, """{"status":"Rejected"}""");
        await other.Call("Heartbeat", "{}");
        Assert.False(calling.IsCompleted);

        await charger.Answer(id, """{"status":"Accepted"}""");
        Assert.Equal("Accepted", (await calling).Expect(HttpStatusCode.OK).Body.GetProperty("result").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("""[3,"{0}"]""", "FormationViolation")]
    [InlineData("""[3,"{0}",[]]""", "FormationViolation")]
    [InlineData("""[4,"{0}","NotSupported"]""", "NotSupported")]
    [InlineData("""[4,"{0}","SomethingOfItsOwn","why",{}]""", "SomethingOfItsOwn")]
    public async Task A_broken_answer_ends_the_call_at_once(string answer, string code)
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        var calling = Call(name);
        var (id, _, _) = await charger.NextCall();

        await charger.Send(answer.Replace("{0}", id, StringComparison.Ordinal));

        var body = (await calling).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("error", body.GetProperty("status").GetString());
        Assert.Equal(code, body.GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task A_second_answer_to_the_same_call_changes_nothing()
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        var calling = Call(name);
        var (id, _, _) = await charger.NextCall();
        await charger.Answer(id, """{"status":"Accepted"}""");
        var command = (await calling).Expect(HttpStatusCode.OK).Body.GetProperty("commandId").GetInt64();

        await charger.Answer(id, """{"status":"Rejected"}""");
        await charger.Send($"""[4,"{id}","GenericError","",{"{}"}]""");
        await charger.Call("Heartbeat", "{}");

        var stored = (await host.Administrator.Get($"/api/v1/commands/{command}")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("Accepted", stored.GetProperty("result").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Calls_to_a_charger_go_out_one_at_a_time()
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        Task<ApiAnswer>[] calling = [.. Enumerable.Range(0, 3).Select(_ => Call(name))];

        for (var call = 0; call < calling.Length; call++)
        {
            var (id, _, _) = await charger.NextCall();
            await charger.Call("Heartbeat", "{}");
            Assert.False(charger.HasCall);
            await charger.Answer(id, """{"status":"Accepted"}""");
        }

        Assert.All(await Task.WhenAll(calling), answer => answer.Expect(HttpStatusCode.OK));
    }

    [Trait("attack", "second-call")]
    [Fact]
    public async Task Two_calls_of_a_charger_back_to_back_are_answered_in_order()
    {
        using var client = await RawClient.Open(host.Address, await _records.NewCharger(host.Name("CP")));
        var calls = Enumerable.Range(0, 16).SelectMany(call => RawClient.Frame(RawClient.FinalText, $$"""[2,"{{call}}","Heartbeat",{}]"""));

        await client.Send(calls.ToArray());

        for (var call = 0; call < 16; call++)
        {
            Assert.Equal($"{call}", (await client.NextMessage())[1].GetString());
        }
    }

    private async Task<(WireCharger Charger, string Name)> NewCharger()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        return (await WireCharger.Connect(host.Address, name), name);
    }

    private Task<ApiAnswer> Call(string charger) => host.Administrator.Post($"/api/v1/chargers/{charger}/calls/ClearCache", new { });
}
