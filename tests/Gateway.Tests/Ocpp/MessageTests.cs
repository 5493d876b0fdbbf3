using System.Net.WebSockets;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Messages that are no OCPP, or OCPP that nobody serves.</summary>
public sealed class MessageTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Theory]
    [InlineData("not JSON")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""[2,"1","Heartbeat",{}""")]
    [InlineData("""[2]""")]
    [InlineData("""[9]""")]
    [InlineData("""["a","b"]""")]
    [InlineData("""[3,"nobody asked",[]]""")]
    [InlineData("null")]
    public async Task What_cannot_be_read_leaves_the_connection_as_it_is(string message)
    {
        using var client = await NewClient();

        await client.SendText(message);
        await client.SendText("""[2,"after","Heartbeat",{}]""");

        Assert.Equal("after", (await NextResult(client))[1].GetString());
    }

    [Trait("attack", "unreadable-message")]
    [Fact]
    public async Task Ten_unreadable_messages_in_a_row_close_with_1007()
    {
        using var client = await NewClient();

        for (var message = 0; message < 10; message++)
        {
            await client.SendText("not JSON");
        }

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, await client.Closed());
    }

    [Fact]
    public async Task A_good_message_between_bad_ones_starts_the_count_again()
    {
        using var client = await NewClient();

        for (var round = 0; round < 3; round++)
        {
            for (var message = 0; message < 9; message++)
            {
                await client.SendText("[]");
            }

            Assert.Equal($"round-{round}", (await client.Exchange($"round-{round}", "Heartbeat", "{}"))[1].GetString());
        }
    }

    [Trait("attack", "deep-json")]
    [Fact]
    public async Task Twenty_thousand_levels_are_a_formation_violation()
    {
        using var client = await NewClient();
        var deep = string.Concat(Enumerable.Repeat("[", 20_000)) + string.Concat(Enumerable.Repeat("]", 20_000));

        var answer = await client.Exchange("deep", "Heartbeat", $$"""{"a":{{deep}}}""");

        Assert.Equal(4, answer[0].GetInt32());
        Assert.Equal("deep", answer[1].GetString());
        Assert.Equal("FormationViolation", answer[2].GetString());
        Assert.Equal(3, (await client.Exchange("after", "Heartbeat", "{}"))[0].GetInt32());
    }

    [Trait("attack", "invalid-payload")]
    [Theory]
    [InlineData("NoSuchAction", "{}", "NotImplemented")]
    [InlineData("heartbeat", "{}", "NotImplemented")]
    [InlineData("Reset", """{"type":"Soft"}""", "NotSupported")]
    [InlineData("RemoteStartTransaction", """{"idTag":"A"}""", "NotSupported")]
    [InlineData("StatusNotification", """{"errorCode":"NoError","status":"Available"}""", "OccurenceConstraintViolation")]
    [InlineData("StatusNotification", """{"connectorId":{},"errorCode":"NoError","status":"Available"}""", "TypeConstraintViolation")]
    [InlineData("StartTransaction", """{"idTag":"A","meterStart":0,"timestamp":"2026-03-01T12:00:00Z"}""", "OccurenceConstraintViolation")]
    [InlineData("StopTransaction", """{"meterStop":0,"timestamp":"2026-03-01T12:00:00Z"}""", "OccurenceConstraintViolation")]
    public async Task What_makes_no_sense_is_answered_with_the_code_that_says_why(string action, string payload, string code)
    {
        var name = await _records.NewCharger(host.Name("CP"));
        using var client = await RawClient.Open(host.Address, name);

        var answer = await client.Exchange("odd", action, payload);

        Assert.Equal(4, answer[0].GetInt32());
        Assert.Equal(code, answer[2].GetString());
        Assert.Equal(5, answer.GetArrayLength());
        Assert.Empty(await _records.Transactions(name));
    }

    [Fact]
    public async Task A_boot_is_told_the_time_and_to_beat_every_five_minutes()
    {
        await using var charger = await WireCharger.Open(
            host.Address, $"/ocpp/{await _records.NewCharger(host.Name("CP"))}", null, "ocpp1.6");

        var boot = await charger.Call("BootNotification", WireCharger.Boot);

        Assert.Equal("Accepted", boot.GetProperty("status").GetString());
        Assert.Equal(300, boot.GetProperty("interval").GetInt32());
        Assert.InRange(TimeProvider.System.GetUtcNow() - boot.GetProperty("currentTime").GetDateTimeOffset(), TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1));
    }

    private static async Task<System.Text.Json.JsonElement> NextResult(RawClient client)
    {
        while (true)
        {
            var message = await client.NextMessage();
            if (message[0].GetInt32() == 3)
            {
                return message;
            }
        }
    }

    private async Task<RawClient> NewClient() => await RawClient.Open(host.Address, await _records.NewCharger(host.Name("CP")));
}
