using System.Net;
using System.Text.Json;

namespace EvCharge.GatewayTests.Api;

public sealed class TransactionsApiTests(GatewayHost host)
{
    private readonly Sessions sessions = new(host);

    [Fact]
    public async Task A_transaction_shows_what_was_recorded()
    {
        var charger = host.Name("CP");
        var started = await sessions.Start(charger, Sessions.Noon, connector: 2, tag: "T1", site: "depot", vehicle: "bus");
        await sessions.Stop(started);

        var body = (await host.Administrator.Get($"/api/v1/transactions/{started.Id}")).Expect(HttpStatusCode.OK).Body;

        Assert.Equal(started.Id, body.GetProperty("id").GetInt64());
        Assert.Equal(started.OcppId, body.GetProperty("ocppId").GetInt32());
        Assert.Equal(charger, body.GetProperty("charger").GetString());
        Assert.Equal(2, body.GetProperty("connector").GetInt32());
        Assert.Equal("depot", body.GetProperty("site").GetString());
        Assert.Equal("T1", body.GetProperty("idTag").GetString());
        Assert.Equal("bus", body.GetProperty("vehicle").GetString());
        Assert.False(body.GetProperty("active").GetBoolean());
        Assert.Equal(Sessions.Noon, body.GetProperty("startedAt").GetDateTimeOffset());
        Assert.Equal(Sessions.Noon.AddHours(1), body.GetProperty("stoppedAt").GetDateTimeOffset());
        Assert.Equal(1000, body.GetProperty("meterStart").GetDouble());
        Assert.Equal(3500, body.GetProperty("meterStop").GetDouble());
        Assert.Equal(2500, body.GetProperty("energyWh").GetDouble());
        Assert.Equal("Local", body.GetProperty("stopReason").GetString());
        Assert.False(body.GetProperty("closedBySystem").GetBoolean());
        Assert.Equal("ocpp1.6", body.GetProperty("ocppVersion").GetString());
        Assert.Equal("notAuthorized", Assert.Single(body.GetProperty("flags").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Each_filter_narrows_the_list()
    {
        var charger = host.Name("CP");
        var a = await sessions.Start(charger, Sessions.Noon, 1, "A", "s1", "v1");
        var b = await sessions.Start(charger, Sessions.Noon.AddHours(1), 2, "B", "s2", "v2");
        await sessions.Stop(a);

        Assert.Equal([b.Id, a.Id], await List($"charger={charger}"));
        Assert.Equal([a.Id], await List($"charger={charger}&connector=1"));
        Assert.Equal([b.Id], await List($"charger={charger}&idTag=b"));
        Assert.Equal([a.Id], await List($"charger={charger}&vehicle=v1"));
        Assert.Equal([b.Id], await List($"charger={charger}&site=s2"));
        Assert.Equal([b.Id], await List($"charger={charger}&active=true"));
        Assert.Equal([a.Id], await List($"charger={charger}&active=false"));
        Assert.Equal([a.Id], await List($"charger={charger}&from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z"));
        Assert.Equal([b.Id], await List($"charger={charger}&from=2026-03-01T14:00:00%2B01:00"));
        Assert.Equal([b.Id], await List($"charger={charger}&from=2026-03-01T13:00:00"));
        Assert.Empty(await List($"charger={charger}&idTag={Uri.EscapeDataString("' OR 1=1 --")}"));
    }

    [Fact]
    public async Task Pages_hold_each_transaction_once_newest_first_even_when_starts_are_equal()
    {
        var charger = host.Name("CP");
        var ids = new List<long>();
        for (var index = 0; index < 7; index++)
        {
            ids.Add((await sessions.Start(charger, Sessions.Noon.AddMinutes(index / 3), tag: $"T{index}")).Id);
        }

        var seen = await Pages.All(host.Administrator, $"/api/v1/transactions?charger={charger}", 2, item => item.GetProperty("id").GetInt64());

        Assert.Equal(ids.AsEnumerable().Reverse(), seen);
    }

    [Fact]
    public async Task Samples_are_paged_across_the_frames_that_brought_them()
    {
        var transaction = await sessions.Start(host.Name("CP"), Sessions.Noon);
        await sessions.Sample(transaction, 0, 1);
        await sessions.Sample(transaction, 1, 5);
        await sessions.Sample(transaction, 6, 2);
        var path = $"/api/v1/transactions/{transaction.Id}/meter-values";

        foreach (var limit in (int[])[1, 2, 3, 5, 8, 100])
        {
            var energies = await Pages.All(host.Administrator, path, limit, item => item.GetProperty("energyWh").GetDouble());
            Assert.Equal(Enumerable.Range(1000, 8).Select(value => (double)value), energies);
        }

        var sample = (await host.Administrator.Get(path)).Body.GetProperty("items")[0];
        Assert.Equal(Sessions.Noon, sample.GetProperty("timestamp").GetDateTimeOffset());
        Assert.Equal(15.5, sample.GetProperty("currentA")[1].GetDouble());
        Assert.Equal(JsonValueKind.Null, sample.GetProperty("currentA")[0].ValueKind);
        Assert.Equal(3, sample.GetProperty("voltageV").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, sample.GetProperty("soc").ValueKind);
        Assert.Equal("Sample.Periodic", sample.GetProperty("context").GetString());
        Assert.Equal("n/a", sample.GetProperty("raw")[2].GetProperty("raw").GetString());
    }

    [Fact]
    public async Task Transactions_of_another_tenant_are_nowhere()
    {
        var charger = host.Name("CP");
        var theirs = await new Sessions(host, GatewayHost.ForeignTenant).Start(charger, Sessions.Noon);
        var foreigner = await host.WithRole("guest", GatewayHost.ForeignTenant);

        Assert.Empty(await List($"charger={charger}"));
        Assert.Equal([theirs.Id], await Pages.All(foreigner, $"/api/v1/transactions?charger={charger}", 10, item => item.GetProperty("id").GetInt64()));
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("connector=one", "connector")]
    [InlineData("active=perhaps", "active")]
    [InlineData("charger=", "charger")]
    public async Task A_filter_that_cannot_be_read_is_a_bad_request(string query, string field) =>
        (await host.Administrator.Get($"/api/v1/transactions?{query}")).ExpectField(HttpStatusCode.BadRequest, field);

    [Fact]
    public async Task A_cursor_of_another_list_or_with_a_changed_letter_is_a_bad_request()
    {
        var charger = host.Name("CP");
        await sessions.Start(charger, Sessions.Noon);
        await sessions.Start(charger, Sessions.Noon.AddHours(1));
        var page = await host.Administrator.Get($"/api/v1/transactions?charger={charger}&limit=1");
        var cursor = page.Body.GetProperty("next").GetString()!;

        (await host.Administrator.Get($"/api/v1/sites?cursor={cursor}")).ExpectField(HttpStatusCode.BadRequest, "cursor");
        for (var at = 0; at < cursor.Length; at++)
        {
            var changed = cursor[..at] + (cursor[at] == 'A' ? 'B' : 'A') + cursor[(at + 1)..];
            (await host.Administrator.Get($"/api/v1/transactions?charger={charger}&cursor={changed}")).ExpectField(HttpStatusCode.BadRequest, "cursor");
        }
    }

    private Task<IReadOnlyList<long>> List(string query) =>
        Pages.All(host.Administrator, $"/api/v1/transactions?{query}", 100, item => item.GetProperty("id").GetInt64());
}
