using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Live;

/// <summary>The stream of a running installation, from what chargers really say.</summary>
public sealed class LiveApiTests : IAsyncLifetime
{
    private const int Online = 0;
    private const int Status = 1;
    private const int Transaction = 4;

    private Installation installation = null!;
    private ApiClient api = null!;
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        installation = await Installation.Start("--Live:PeriodSeconds=0.25", "--Live:MaxStreamsPerCredential=2");
        token = await Token();
        api = new ApiClient(installation.FirstAddress).With("Authorization", $"Bearer {token}");
        (await api.Put("/api/v1/sites/s", new { name = "Depot" })).Expect(HttpStatusCode.Created);
        (await api.Put("/api/v1/chargers/CP", new { site = "s", connectors = 2 })).Expect(HttpStatusCode.Created);
        (await api.Put("/api/v1/tags/T", new { })).Expect(HttpStatusCode.Created);
    }

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    [Fact]
    public async Task What_a_charger_says_is_seen_by_who_watches_its_site_the_charger_or_all()
    {
        await using var stream = await Open("overview,site:s");
        // The topics of a stream are read side by side: either may come first.
        var snapshots = new Dictionary<string, JsonElement>();
        await stream.Until(frame => snapshots.TryAdd(frame.GetProperty("topic").GetString()!, frame) && snapshots.Count == 2);
        var (overview, site) = (snapshots["overview"], snapshots["site:s"]);
        Assert.Equal("s", Assert.Single(overview.GetProperty("keys").EnumerateArray()).GetString());
        Assert.Equal(["CP/1", "CP/2"], site.GetProperty("keys").EnumerateArray().Select(key => key.GetString()!));
        Assert.Equal("Unknown", site.GetProperty("rows")[0][Status].GetString());

        await using (var charger = await WireCharger.Connect(installation.FirstAddress, "CP"))
        {
            await charger.Call("StatusNotification", """{"connectorId":2,"errorCode":"NoError","status":"Charging"}""");
            var row = await stream.Change(1, cells => cells.Length > 5 && cells[Status].ValueEquals("Charging"));
            Assert.Equal(1, row[Online].GetInt32());

            await charger.Call("StartTransaction", """{"connectorId":2,"idTag":"T","meterStart":0,"timestamp":"2026-11-29T12:00:00Z"}""");
            var started = await stream.Change(1, cells => cells.Length > 5 && cells[Transaction].ValueKind == JsonValueKind.Number);
            Assert.Equal("Charging", started[Status].GetString());

            await using var own = await Open("charger:CP");
            var seen = await own.Until(_ => true);
            Assert.Equal(started[Transaction].GetInt64(), seen.GetProperty("rows")[1][Transaction].GetInt64());
        }

        var gone = await stream.Change(1, cells => cells.Length > 5 && cells[Online].GetInt32() == 0);
        Assert.Equal("Charging", gone[Status].GetString());
    }

    [Fact]
    public async Task A_stream_goes_on_where_the_last_frame_left_off()
    {
        string place;
        await using (var first = await Open("site:s"))
        {
            Assert.NotEqual(JsonValueKind.Null, (await first.Until(_ => true)).GetProperty("keys").ValueKind);
            place = first.LastEventId;
        }

        await using var charger = await WireCharger.Connect(installation.FirstAddress, "CP");
        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Finishing"}""");

        await using var again = await EventStream.Open(installation.FirstAddress, token, "site:s", place);
        Assert.Equal(JsonValueKind.Null, (await again.Until(_ => true)).GetProperty("keys").ValueKind);
        await again.Change(0, cells => cells[Status].ValueEquals("Finishing"));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Where_nothing_changes_a_frame_says_so_and_a_stream_is_compressed_for_who_takes_it(string encoding)
    {
        await using var stream = await EventStream.Open(installation.FirstAddress, token, "site:", encoding: encoding);
        Assert.Equal(encoding, Assert.Single(stream.Answer.Content.Headers.ContentEncoding));
        var first = (await stream.Until(_ => true)).GetProperty("at").GetDateTimeOffset();
        var second = await stream.Until(_ => true);

        Assert.Empty(second.GetProperty("changes").EnumerateArray());
        Assert.True(second.GetProperty("at").GetDateTimeOffset() > first);
    }

    [Fact]
    public async Task A_session_that_ends_takes_its_streams_with_it()
    {
        await using var stream = await Open("overview");
        await stream.Until(_ => true);

        (await api.Post("/api/v1/auth/logout", new { })).Expect(HttpStatusCode.NoContent);

        while (await stream.Next() is not null)
        {
        }
    }

    [Fact]
    public async Task Topics_that_name_nothing_and_too_many_streams_are_refused()
    {
        foreach (var topics in (string[])["", "nothing", "site:a b", "charger:", "overview,", string.Join(',', Enumerable.Range(0, 11).Select(one => $"site:s{one}"))])
        {
            (await api.Get($"/api/v1/live?topics={Uri.EscapeDataString(topics)}")).ExpectField(HttpStatusCode.BadRequest, "topics");
        }

        (await api.Get("/api/v1/live?topics=site:nowhere")).Expect(HttpStatusCode.NotFound);
        (await api.Get("/api/v1/live?topics=overview,charger:nowhere")).Expect(HttpStatusCode.NotFound);

        await using (var first = await Open("overview"))
        await using (var second = await Open("overview"))
        {
            Assert.Equal("too-many-streams", (await api.Get("/api/v1/live")).Expect(HttpStatusCode.TooManyRequests).Code);
        }

        await Eventually.Holds(async () => (await api.Get("/api/v1/live")).Status == HttpStatusCode.OK);
    }

    private Task<EventStream> Open(string topics) => EventStream.Open(installation.FirstAddress, token, topics);

    private async Task<string> Token() =>
        (await new ApiClient(installation.FirstAddress).Post("/api/v1/auth/token", new { username = "admin", password = Installation.AdminPassword }))
        .Body.GetProperty("accessToken").GetString()!;
}
