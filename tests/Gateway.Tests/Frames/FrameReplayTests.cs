using System.Net;
using System.Text.Json;
using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.Fleets;
using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Frames;

/// <summary>The log of a charger, run through handlers and rules once more, gives what is on record.</summary>
public sealed class FrameReplayTests(GatewayHost host, ITestOutputHelper output)
{
    private const string Start = """{"connectorId":1,"idTag":"NOBODY","meterStart":1000,"timestamp":"2026-03-01T12:00:00Z"}""";

    [Fact]
    public async Task A_hundred_sessions_of_unruly_chargers_come_out_as_they_were()
    {
        var seed = Random.Shared.Next(1, 10_000);
        var fleet = new Fleet(Unruly(host.Name("FLEET") + "-", seed));
        await Configure(fleet);

        await fleet.RunAsync(TestContext.Current.CancellationToken);

        var (transactions, samples, connections) = (0, 0, fleet.Chargers.Sum(charger => charger.Connections));
        foreach (var charger in fleet.Identities)
        {
            var report = await Equal(charger, seed);
            Assert.Equal(report.GetProperty("storedSha256").GetString(), report.GetProperty("replayedSha256").GetString());
            transactions += report.GetProperty("transactions").GetInt32();
            samples += report.GetProperty("samples").GetInt32();
        }

        output.WriteLine($"seed {seed}: {transactions} transactions, {samples} samples, {connections} connections");
        Assert.Equal(100, transactions);
        Assert.True(samples > 100, $"{samples} samples");
    }

    [Fact]
    public async Task A_gap_is_refused_and_named()
    {
        var charger = await Charged();
        Assert.Equal(1, await host.Execute(
            "delete from frame_log where charger_id = @value and action = 'MeterValues' and kind = 2", charger));

        var answer = (await Replay(charger, new { })).Expect(HttpStatusCode.Conflict);

        Assert.Equal("log-gap", answer.Code);
        Assert.Contains("number 5 is followed by 7", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_or_a_record_that_was_changed_shows_where()
    {
        var charger = await Charged();
        Assert.True((await Replay(charger, new { })).Expect(HttpStatusCode.OK).Body.GetProperty("equal").GetBoolean());

        await host.Execute("update charging_transaction set energy_wh = 7 where charger_id = @value", charger);
        var report = (await Replay(charger, new { })).Expect(HttpStatusCode.OK).Body;

        Assert.False(report.GetProperty("equal").GetBoolean());
        Assert.NotEqual(report.GetProperty("storedSha256").GetString(), report.GetProperty("replayedSha256").GetString());
        var difference = Assert.Single(report.GetProperty("differences").EnumerateArray().ToList());
        Assert.Equal(
            ("transaction", "energyWh", "7", "500"),
            (Text(difference, "subject"), Text(difference, "member"), Text(difference, "stored"), Text(difference, "replayed")));
    }

    [Fact]
    public async Task A_changed_message_leads_to_another_transaction()
    {
        var charger = await Charged();
        await host.Execute(
            "update frame_log set content = (select s.content from frame_log s where s.charger_id = @value and s.action = 'Heartbeat' and s.kind = 2) "
            + "where charger_id = @value and action = 'StopTransaction' and kind = 2",
            charger);

        var report = (await Replay(charger, new { })).Expect(HttpStatusCode.OK).Body;

        Assert.Contains(report.GetProperty("differences").EnumerateArray(), difference => Text(difference, "member") == "stoppedAt");
    }

    [Fact]
    public async Task A_stretch_that_cuts_a_transaction_is_refused()
    {
        var charger = await Charged();
        var log = (await host.Administrator.Get($"/api/v1/frames?charger={charger}&action=MeterValues&kind=call")).Body.GetProperty("items");
        var middle = log[0].GetProperty("at").GetString();

        Assert.Equal("cuts-transaction", (await Replay(charger, new { to = middle })).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal("cuts-transaction", (await Replay(charger, new { from = middle })).Expect(HttpStatusCode.Conflict).Code);
    }

    [Fact]
    public async Task A_stretch_must_have_a_length_and_something_in_it()
    {
        var charger = await Charged();

        (await Replay(charger, new { from = "2026-03-02T00:00:00Z", to = "2026-03-01T00:00:00Z" })).ExpectField(HttpStatusCode.UnprocessableEntity, "to");
        (await Replay(charger, new { from = "soon" })).ExpectField(HttpStatusCode.UnprocessableEntity, "from");
        Assert.Equal("nothing-logged", (await Replay(charger, new { to = "2020-03-01T00:00:00Z" })).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal("nothing-logged", (await Replay(host.Name("CP"), new { })).Expect(HttpStatusCode.Conflict).Code);
    }

    [Fact]
    public async Task Another_tenant_has_nothing_to_replay()
    {
        var charger = await Charged();
        var foreigner = await host.WithRole(Roles.Administrator, GatewayHost.ForeignTenant);

        Assert.Equal("nothing-logged", (await foreigner.Post($"/api/v1/chargers/{charger}/replay", new { })).Expect(HttpStatusCode.Conflict).Code);
    }

    /// <summary>A charger that has charged once and parted, its log stored.</summary>
    private async Task<string> Charged()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { frameLog = "full" })).Expect(HttpStatusCode.Created);
        await host.RefreshFrameLogs();
        await using (var charger = await WireCharger.Connect(host.Address, name))
        {
            var started = await charger.Call("StartTransaction", Start);
            var id = started.GetProperty("transactionId").GetInt32();
            await charger.Call("MeterValues", $$"""{"connectorId":1,"transactionId":{{id}},"meterValue":[{"timestamp":"2026-03-01T12:10:00Z","sampledValue":[{"value":"1250"}]}]}""");
            await charger.Call("Heartbeat", "{}");
            await charger.Call("StopTransaction", $$"""{"transactionId":{{id}},"meterStop":1500,"timestamp":"2026-03-01T13:00:00Z"}""");
            await charger.Close();
        }

        await Parted(name);
        return name;
    }

    private Task<ApiAnswer> Replay(string charger, object stretch) =>
        host.Administrator.Post($"/api/v1/chargers/{charger}/replay", stretch);

    private Task Parted(string charger) => Eventually.Holds(async () => await Logged(charger, "closed") == 1);

    /// <summary>
    /// The replay of the whole log. Every gateway stores the connections that it served in its own time, and a charger that was gone again
    /// before it was served has none: nobody can tell beforehand how many there will be, and until the last is there the log has gaps.
    /// </summary>
    private async Task<JsonElement> Equal(string charger, int seed)
    {
        ApiAnswer answer = null!;
        await Eventually.Holds(
            async () => (answer = await Replay(charger, new { })).Status == HttpStatusCode.OK && answer.Body.GetProperty("equal").GetBoolean(),
            () => $"the replay of {charger} is equal (seed {seed}): {answer.Text}");
        return answer.Body;
    }

    private async Task<int> Logged(string charger, string kind) =>
        (await host.Administrator.Get($"/api/v1/frames?charger={charger}&kind={kind}&limit=1000")).Body.GetProperty("items").GetArrayLength();

    private async Task Configure(Fleet fleet)
    {
        foreach (var charger in fleet.Chargers)
        {
            (await host.Administrator.Put(
                $"/api/v1/chargers/{charger.Identity}", new { frameLog = "full", connectors = charger.Connectors.Length })).Expect(HttpStatusCode.Created);
        }

        foreach (var tag in fleet.Tags)
        {
            (await host.Administrator.Put($"/api/v1/tags/{tag}", new { status = "Accepted" })).Expect(HttpStatusCode.Created);
        }

        await host.RefreshFrameLogs();
    }

    private FleetOptions Unruly(string prefix, int seed) => new()
    {
        Url = new UriBuilder(host.Address) { Scheme = "ws", Path = "/ocpp" }.Uri,
        Prefix = prefix,
        Count = 8,
        Twins = 2,
        Sessions = 100,
        Seed = seed,
        TimeScale = 1_000,
        Origin = TimeProvider.System.GetUtcNow().AddDays(-30),
        SampleInterval = TimeSpan.FromMinutes(1),
        Ledger = new Ledger(),
        Faults = new FaultOptions
        {
            Reset = 0.01, Drop = 0.01, Replay = 0.05, Malformed = 0.02, Offline = 0.01, Length = TimeSpan.FromMilliseconds(500),
        },
        Adjust = options => options with { BackOff = TimeSpan.FromMilliseconds(50) },
    };

    private static string Text(JsonElement entry, string member) => entry.GetProperty(member).GetString()!;
}
