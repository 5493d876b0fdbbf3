using System.Net;
using EvCharge.GatewayTests.Exports;

namespace EvCharge.GatewayTests.Api;

[Trait("pain", "meter-data-export")]
public sealed class ExportsApiTests(GatewayHost host)
{
    private readonly Sessions sessions = new(host);

    [Fact]
    public async Task Transactions_come_as_CSV_with_the_filters_and_in_the_order_of_the_list()
    {
        var charger = host.Name("CP");
        await sessions.Start(charger, Sessions.Noon, tag: "=1+1");
        var newest = await sessions.Start(charger, Sessions.Noon.AddHours(1), connector: 2);
        await sessions.Stop(newest);

        var answer = (await host.Administrator.Get($"/api/v1/transactions.csv?charger={charger}")).Expect(HttpStatusCode.OK);

        var lines = answer.Text.Split("\r\n");
        Assert.StartsWith("Id,OCPP id,Charger,Connector,Site,Tag,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{newest.Id},{newest.OcppId},{charger},2,,TAG,,false,2026-03-01T13:00:00.000Z,2026-03-01T14:00:00.000Z,1000,3500,", lines[1], StringComparison.Ordinal);
        Assert.Contains($"{charger},1,,'=1+1,,true,", lines[2], StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(lines[3..]));
        Assert.Equal("text/csv", answer.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Message.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(3, (await host.Administrator.Get($"/api/v1/transactions.csv?charger={charger}&active=false")).Text.Split("\r\n").Length);
    }

    [Fact]
    public async Task More_than_a_page_of_the_record_is_exported_whole()
    {
        var charger = host.Name("CP");
        for (var number = 0; number < 1_005; number++)
        {
            await sessions.Start(charger, Sessions.Noon.AddSeconds(number));
        }

        var lines = (await host.Administrator.Get($"/api/v1/transactions.csv?charger={charger}")).Text.Split("\r\n")[1..^1];

        Assert.Equal(1_005, lines.Select(line => line.Split(',')[0]).Distinct().Count());
    }

    [Fact]
    public async Task Samples_come_as_CSV_of_one_transaction_or_of_all_that_a_filter_lets_through()
    {
        var charger = host.Name("CP");
        var first = await sessions.Start(charger, Sessions.Noon);
        var second = await sessions.Start(charger, Sessions.Noon.AddHours(1), connector: 2);
        await sessions.Sample(first, 1, 2);
        await sessions.Sample(second, 1, 1);

        var one = (await host.Administrator.Get($"/api/v1/transactions/{first.Id}/meter-values.csv")).Expect(HttpStatusCode.OK);
        var all = (await host.Administrator.Get($"/api/v1/meter-values.csv?charger={charger}")).Expect(HttpStatusCode.OK);

        Assert.Equal(
            [
                $"{first.Id},{charger},1,2026-03-01T12:01:00.000Z,1001,,,15.5,,,,,,,Sample.Periodic",
                $"{first.Id},{charger},1,2026-03-01T12:02:00.000Z,1002,,,15.5,,,,,,,Sample.Periodic",
            ],
            one.Text.Split("\r\n")[1..^1]);
        Assert.Equal([$"{second.Id}", $"{first.Id}", $"{first.Id}"], all.Text.Split("\r\n")[1..^1].Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task A_workbook_holds_typed_cells()
    {
        var charger = host.Name("CP");
        var transaction = await sessions.Start(charger, Sessions.Noon, tag: "=1+1");

        var answer = (await host.Administrator.Get($"/api/v1/transactions.xlsx?charger={charger}")).Expect(HttpStatusCode.OK);

        var bytes = await answer.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var row = Assert.Single(ReadSheet.Sheets(bytes))[1];
        Assert.Equal([("n", $"{transaction.Id}"), ("inlineStr", "=1+1"), ("b", "1"), ("date", "46082.5")], [row[0], row[5], row[7], row[8]]);
    }

    [Theory]
    [InlineData("language=fr", null, "Identifiant,")]
    [InlineData("language=en", "fr", "Id,")]
    [InlineData("", "de, fr-CA;q=0.8, en;q=0.5", "Identifiant,")]
    [InlineData("", "en, fr;q=0.5", "Id,")]
    [InlineData("", null, "Id,")]
    [InlineData("bom=true", null, "\uFEFFId,")]
    public async Task Headings_speak_the_language_asked_for(string query, string? accepted, string expected)
    {
        var client = accepted is null ? host.Administrator : host.Administrator.With("Accept-Language", accepted);

        var answer = await client.Get($"/api/v1/transactions.csv?charger=nobody&{query}");

        var text = System.Text.Encoding.UTF8.GetString(await answer.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith(expected, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transactions.csv?language=de", "language")]
    [InlineData("transactions.xlsx?language=", "language")]
    [InlineData("transactions.csv?bom=perhaps", "bom")]
    [InlineData("transactions.csv?to=2026-01-01&from=2026-01-02", "to")]
    [InlineData("meter-values.csv?connector=x", "connector")]
    [InlineData("meter-values.xlsx?charger=", "charger")]
    public async Task What_cannot_be_read_is_a_bad_request(string path, string field) =>
        (await host.Administrator.Get($"/api/v1/{path}")).ExpectField(HttpStatusCode.BadRequest, field);

    [Fact]
    public async Task Another_tenants_transactions_are_not_exported()
    {
        var charger = host.Name("CP");
        var transaction = await sessions.Start(charger, Sessions.Noon);
        var foreigner = await host.WithRole("administrator", GatewayHost.ForeignTenant);

        Assert.Equal(2, (await foreigner.Get($"/api/v1/transactions.csv?charger={charger}")).Text.Split("\r\n").Length);
        (await foreigner.Get($"/api/v1/transactions/{transaction.Id}/meter-values.csv")).Expect(HttpStatusCode.NotFound);
    }
}
