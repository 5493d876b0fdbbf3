using System.Net;
using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Api;

public sealed class FramesApiTests(GatewayHost host)
{
    private const string Status = """{"connectorId":1,"errorCode":"NoError","status":"Available"}""";

    [Fact]
    public async Task What_a_charger_says_and_hears_is_logged_literally_numbered_and_paired()
    {
        var name = await Logged("full");
        await using (var charger = await WireCharger.Connect(host.Address, name))
        {
            await charger.Call("StatusNotification", Status, "idé 1");
            await charger.Send("[2,\"x\",");
            await charger.Close();
        }

        var log = await Complete(name);

        Assert.Equal(
            ["opened ocpp1.6", "call BootNotification", "callResult BootNotification", "call StatusNotification", "callResult StatusNotification", "unreadable ", "callError ", "closed "],
            log.Select(entry => $"{Text(entry, "kind")} {Text(entry, "action")}"));
        Assert.Equal(Enumerable.Range(1, 8), log.Select(entry => entry.GetProperty("number").GetInt32()));
        Assert.Equal([$"""[2,"idé 1","StatusNotification",{Status}]""", """[3,"idé 1",{}]"""], [Text(log[3], "text"), Text(log[4], "text")]);
        Assert.Equal(("answered", 5), (Text(log[3], "status"), log[3].GetProperty("pairedWith").GetInt32()));
        Assert.Equal(4, log[4].GetProperty("pairedWith").GetInt32());
        Assert.True(log[4].GetProperty("latencyMs").GetInt32() >= 0);
        Assert.NotEqual(JsonValueKind.Null, log[4].GetProperty("processedAt").ValueKind);
        Assert.Equal("""[2,"x",""", Text(log[5], "text"));
        Assert.Single(log.Select(entry => entry.GetProperty("connection").GetInt64()).Distinct());
    }

    [Fact]
    public async Task Every_filter_keeps_what_it_says()
    {
        var name = await Logged("full");
        await using (var charger = await WireCharger.Connect(host.Address, name))
        {
            await charger.Call("StatusNotification", Status, "one");
            await charger.Exchange("NoSuchAction", "{}", "two");
            await charger.Close();
        }

        var log = await Complete(name);
        async Task<IEnumerable<string>> Found(string query) =>
            (await Entries(name, query)).Select(entry => $"{Text(entry, "direction")} {Text(entry, "kind")} {Text(entry, "messageId")}");

        Assert.Equal(["in call one", "out callResult one"], await Found("messageId=one"));
        Assert.Equal(["in call two", "out callError two"], await Found("status=failed"));
        Assert.Equal(["in call one", "out callResult one"], await Found("action=StatusNotification"));
        Assert.Equal(3, (await Found("kind=call&direction=in")).Count());
        Assert.Empty(await Found("kind=call&direction=out"));
        Assert.Empty(await Found("status=unmatched"));
        Assert.Empty(await Found("to=" + Moment(log[0])));
        Assert.Equal(log.Count, (await Found("from=" + Moment(log[0]))).Count());
    }

    [Fact]
    public async Task Pages_and_the_export_hold_every_entry_once()
    {
        var name = await Logged("full");
        await using (var charger = await WireCharger.Connect(host.Address, name))
        {
            for (var number = 0; number < 10; number++)
            {
                await charger.Call("Heartbeat", "{}");
            }

            await charger.Close();
        }

        var log = await Complete(name);
        var paged = await Pages.All(host.Administrator, $"/api/v1/frames?charger={name}", 3, item => item.GetProperty("number").GetInt32());
        var export = (await host.Administrator.Get($"/api/v1/frames.ndjson?charger={name}")).Expect(HttpStatusCode.OK);

        Assert.Equal(24, log.Count);
        Assert.Equal(log.Select(entry => entry.GetProperty("number").GetInt32()).Reverse(), paged);
        Assert.Equal(log.Select(entry => entry.ToString()), export.Text.TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line).ToString()));
        Assert.Equal("application/x-ndjson", export.Message.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_charger_cannot_forge_lines_of_the_export()
    {
        var name = await Logged("full");
        await using (var charger = await WireCharger.Connect(host.Address, name))
        {
            await charger.Send("[2,\"x\",\"Heartbeat\",{}]\r\n{\"kind\":\"call\"}\u001b[31m");
            await charger.NextAnswer();
            await charger.Close();
        }

        var log = await Complete(name);
        var export = await host.Administrator.Get($"/api/v1/frames.ndjson?charger={name}");

        Assert.Equal(log.Count, export.Text.TrimEnd('\n').Split('\n').Length);
        Assert.DoesNotContain('\u001b', export.Text);
        Assert.DoesNotContain('\r', export.Text);
        Assert.Contains(log, entry => Text(entry, "text").EndsWith("\u001b[31m", StringComparison.Ordinal));
    }

    [Trait("attack", "leaked-secret")]
    [Fact]
    public async Task The_password_of_a_charger_is_in_no_log()
    {
        var name = await Logged("full");
        await using (var charger = await WireCharger.Connect(host.Address, name))
        {
            var changing = host.Administrator.Post($"/api/v1/chargers/{name}/calls/ChangeConfiguration", new { key = "authorizationkey", value = "SECRET-1" });
            var change = await charger.NextCall();
            Assert.Equal("SECRET-1", change.Payload.GetProperty("value").GetString());
            await charger.Answer(change.Id, """{"status":"Accepted"}""");
            await changing;
            var asking = host.Administrator.Post($"/api/v1/chargers/{name}/calls/GetConfiguration", new { });
            var ask = await charger.NextCall();
            await charger.Answer(ask.Id, """{"configurationKey":[{"key":"Authorization\u004bey","readonly":false,"value":"SECRET-2"},{"key":"Other","readonly":true,"value":"shown"}]}""");
            await asking;
            await charger.Send("""[3,"late",{"configurationKey":[{"key":"AuthorizationKey","value":"SECRET-3"}]""");
            await charger.Close();
        }

        var log = await Complete(name);

        Assert.DoesNotContain(log, entry => entry.ToString().Contains("SECRET", StringComparison.Ordinal));
        Assert.Equal(3, log.Count(entry => entry.GetProperty("masked").GetBoolean()));
        Assert.Contains(log, entry => Text(entry, "text").Contains("shown", StringComparison.Ordinal));
        Assert.Equal("out call ChangeConfiguration answered", string.Join(' ', new[] { "direction", "kind", "action", "status" }.Select(member => Text(log.First(entry => Text(entry, "action") == "ChangeConfiguration"), member))));
    }

    [Theory]
    [InlineData("full", 4, 4)]
    [InlineData("memory", 4, 0)]
    [InlineData("off", 0, 0)]
    public async Task A_setting_says_what_is_kept(string mode, int inMemory, int stored)
    {
        var name = await Logged(mode);
        var witness = await Logged("full");
        await using var charger = await WireCharger.Connect(host.Address, name);
        await charger.Exchange("NoSuchAction", "{}");
        await using (var other = await WireCharger.Connect(host.Address, witness))
        {
            await other.Close();
        }

        await Complete(witness);
        var recent = (await host.Administrator.Get($"/api/v1/chargers/{name}/frames/recent")).Expect(HttpStatusCode.OK).Body;

        Assert.True(recent.GetProperty("connected").GetBoolean());
        Assert.Equal(inMemory == 0 ? 0 : inMemory + 1, recent.GetProperty("items").GetArrayLength());
        var expected = stored == 0 ? 0 : stored + 1;
        await Eventually.Holds(async () => (await Entries(name, "")).Count == expected, $"{expected} are stored");
        Assert.Equal(mode, (await host.Administrator.Get($"/api/v1/chargers/{name}")).Body.GetProperty("frameLog").GetString());
    }

    [Fact]
    public async Task The_memory_keeps_the_newest_and_pairs_them()
    {
        var name = await Logged("memory");
        await using var charger = await WireCharger.Connect(host.Address, name);
        for (var number = 0; number < 120; number++)
        {
            await charger.Call("Heartbeat", "{}");
        }

        var items = (await host.Administrator.Get($"/api/v1/chargers/{name}/frames/recent")).Body.GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(200, items.Count);
        Assert.Equal(243, items[^1].GetProperty("number").GetInt32());
        Assert.All(items.Where(entry => Text(entry, "kind") == "call"), call => Assert.Equal("answered", Text(call, "status")));
    }

    [Theory]
    [InlineData("", "charger")]
    [InlineData("charger=a%20b", "charger")]
    [InlineData("charger=x&direction=up", "direction")]
    [InlineData("charger=x&kind=2", "kind")]
    [InlineData("charger=x&status=Answered", "status")]
    [InlineData("charger=x&messageId=", "messageId")]
    [InlineData("charger=x&from=yesterday", "from")]
    [InlineData("charger=x&from=2026-01-02&to=2026-01-01", "to")]
    public async Task What_cannot_be_read_is_a_bad_request(string query, string field)
    {
        (await host.Administrator.Get($"/api/v1/frames?{query}")).ExpectField(HttpStatusCode.BadRequest, field);
        (await host.Administrator.Get($"/api/v1/frames.ndjson?{query}")).ExpectField(HttpStatusCode.BadRequest, field);
    }

    [Fact]
    public async Task Another_tenants_log_is_empty_and_its_charger_nowhere()
    {
        var name = await Logged("full");
        await using (var charger = await WireCharger.Connect(host.Address, name))
        {
            await charger.Close();
        }

        await Complete(name);
        var foreigner = await host.WithRole(Roles.Administrator, GatewayHost.ForeignTenant);

        Assert.Equal(0, (await foreigner.Get($"/api/v1/frames?charger={name}")).Body.GetProperty("items").GetArrayLength());
        Assert.Empty((await foreigner.Get($"/api/v1/frames.ndjson?charger={name}")).Text);
        (await foreigner.Get($"/api/v1/chargers/{name}/frames/recent")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_mode_that_there_is_not_is_refused()
    {
        (await host.Administrator.Put($"/api/v1/chargers/{host.Name("CP")}", new { frameLog = "some" })).ExpectField(HttpStatusCode.UnprocessableEntity, "frameLog");
        (await host.Administrator.Put("/api/v1/settings", new { frameLog = "some" })).ExpectField(HttpStatusCode.UnprocessableEntity, "frameLog");
    }

    /// <summary>A charger whose setting every gateway has seen.</summary>
    private async Task<string> Logged(string mode)
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { frameLog = mode })).Expect(HttpStatusCode.Created);
        await host.RefreshFrameLogs();
        return name;
    }

    /// <summary>The stored log, oldest first, once the end of its connection is in it.</summary>
    private async Task<IReadOnlyList<JsonElement>> Complete(string name)
    {
        await Eventually.Holds(async () => (await Entries(name, "kind=closed")).Count == 1, "the end of the connection is stored");
        return await Entries(name, "");
    }

    private async Task<IReadOnlyList<JsonElement>> Entries(string name, string query) =>
        [.. (await host.Administrator.Get($"/api/v1/frames?charger={name}&{query}&limit=1000")).Expect(HttpStatusCode.OK)
            .Body.GetProperty("items").EnumerateArray().Reverse()];

    private static string Text(JsonElement entry, string member) => entry.GetProperty(member).GetString()!;

    private static string Moment(JsonElement entry) => Uri.EscapeDataString(Text(entry, "at"));
}
