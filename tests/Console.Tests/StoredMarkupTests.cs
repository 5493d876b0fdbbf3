using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>What chargers and operators name things is seen in the browser as they wrote it.</summary>
public sealed class StoredMarkupTests(RunningProduct product)
{
    private const string Short = "<img src onerror=a>";
    private const string Long = "<img src=x onerror=\"document.title='broken into'\"><script>document.title='broken into'</script>";

    [Trait("attack", "stored-markup")]
    [Fact]
    public async Task Markup_in_what_chargers_and_operators_say_is_shown_as_text_and_does_nothing()
    {
        (await product.Administrator.Put("/api/v1/sites/markup", new { name = Long })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put("/api/v1/chargers/markup", new { site = "markup" })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put($"/api/v1/tags/{Uri.EscapeDataString(Short)}", new { })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put("/api/v1/vehicles/markup", new { name = Long })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put("/api/v1/profile-templates/markup", new
        {
            name = Long,
            profile = new { purpose = "TxDefaultProfile", schedule = new { unit = "A", start = "2026-01-01T22:00:00Z", periods = new[] { new { start = 0, limit = 16 } } } },
        })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put("/api/v1/operating-modes/markup", new { name = Long, smartCharging = new { unit = "W" } })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Open(product.Address, "/ocpp/markup", null, "ocpp1.6");
        await charger.Call("BootNotification", $$"""{"chargePointVendor":"{{Short}}","chargePointModel":"{{Short}}","firmwareVersion":"{{Short}}"}""");
        await charger.Call("StatusNotification", $$"""{"connectorId":1,"errorCode":"{{Short}}","status":"{{Short}}","info":"{{Short}}"}""");
        await charger.Call("StartTransaction", $$"""{"connectorId":1,"idTag":"{{Short}}","meterStart":0,"timestamp":"2026-11-29T12:00:00Z"}""");
        var session = (await product.Administrator.Get("/api/v1/transactions?charger=markup")).Body.GetProperty("items")[0].GetProperty("id").GetInt64();

        await using var visit = await product.Visit("/t/default/overview");
        foreach (var (path, shown) in ((string, string)[])
            [
                ("overview", Long), ("overview?view=table", Long), ("sites/markup", Long), ("sites/markup?view=table", Long), ("chargers/markup", Short),
                ("sessions", Short), ($"sessions/{session}", Short), ("chargers/markup/connectors/1", Short), ("sites/markup/energy", Long),
                ("sites/markup/supply", Long), ("tags", Short), ("vehicles", Long), ("profile-templates", Long), ("operating-modes", Long), ("frames?charger=markup", Short),
            ])
        {
            await visit.Page.GotoAsync(new Uri(product.Address, $"/t/default/{path}").ToString());
            await visit.Page.GetByText(shown).First.WaitForAsync();
            Assert.Equal("EvCharge", await visit.Page.TitleAsync());
            Assert.Equal(0, await visit.Page.Locator("img:not([src='/icon.svg'])").CountAsync());
        }

        visit.HasNoComplaints();
        Assert.Contains("script-src", await ScriptIsBarred(visit.Page), StringComparison.Ordinal);
    }

    /// <summary>What the browser says when somebody puts a script into the page all the same.</summary>
    private static Task<string> ScriptIsBarred(IPage page) => page.EvaluateAsync<string>("""
        () => new Promise(resolve => {
          document.addEventListener('securitypolicyviolation', seen => resolve(seen.effectiveDirective));
          const script = document.createElement('script');
          script.textContent = 'document.title = "broken into"';
          document.body.append(script);
        })
        """);
}
