using System.Net;
using System.Text.RegularExpressions;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Commissioning;
using EvCharge.Servers;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>
/// The manuals: their pictures are taken here of the console as it is, and each page leads to where it is described. With
/// EVCHARGE_MANUAL_PICTURES set the pictures take the place of those in docs/manual.
/// </summary>
public sealed partial class ManualTests(RunningProduct product)
{
    private static readonly string Manuals = Path.Combine(SourceTree.Root, "docs", "manual");

    public static TheoryData<string> Languages => ["en", "fr"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_picture_of_a_manual_can_be_taken(string language)
    {
        var active = (await product.Administrator.Get("/api/v1/transactions?active=true&site=default")).Body.GetProperty("items")[0];
        var session = await Charge($"LONG-{language}");
        var curve = $"charger/LONG-{language}/connector/1";
        await using var visit = await product.Visit("/t/default/overview", new Look(French: language == "fr"));
        await visit.Page.SetViewportSizeAsync(1100, 720);
        var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("EVCHARGE_MANUAL_PICTURES") is null
            ? Path.Combine(SourceTree.Root, "artifacts", "manual", language)
            : Path.Combine(Manuals, language, "images")).FullName;

        await Take("site", "sites/default?view=tiles", "[data-connector='DEMO001/1']");
        await Take("charger", $"chargers/{active.GetProperty("charger").GetString()}", "[data-connector]");
        await Take("console", "console?charger=DEMO001&action=SetChargingProfile", ".console form");
        await Take("session", $"sessions/{session}", "canvas");
        await Take("trends", $"trends?tags={curve}/power,{curve}/soc&range=3600", "canvas");
        await Take("authorization", "authorization", "[data-mode]");
        await Take("tags", "tags", "[data-thing=DEMO-ANNA]");
        await product.Administrator.Post("/api/v1/chargers/DEMO001/calls/GetConfiguration", new { });
        await Take("keys", "chargers/DEMO001/configuration", "[data-key]");
        var tested = $"TEST-{language}";
        (await product.Administrator.Put($"/api/v1/chargers/{tested}", new { })).Expect(HttpStatusCode.Created);
        var charger = new TestedCharger(product.Address, tested);
        await charger.Connect();
        (await product.Administrator.Post($"/api/v1/chargers/{tested}/commissioning", new { idTag = "DEMO-EVE" })).Expect(HttpStatusCode.Accepted);
        await Take("commissioning", $"chargers/{tested}/commissioning", "[data-status=passed]");
        await charger.Leave();
        await Take("roles", "roles", "[data-thing=operator]");
        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/sites/default").ToString());
        await visit.Button("Edit", "Modifier").ClickAsync();
        await visit.Field("limit").FillAsync("72");
        await visit.Button("Collect", "Réunir").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Status).Locator("a[href$='/changes']").WaitForAsync();
        await Take("changes", "changes", "[data-change]");
        await visit.Button("Discard all", "Tout abandonner").ClickAsync();
        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/overview").ToString());
        await visit.Button("Add a site", "Ajouter un site").ClickAsync();
        await visit.Field("timeZone").WaitForAsync();
        await Save("configure");
        visit.HasNoComplaints();

        var shown = Directory.EnumerateFiles(Path.Combine(Manuals, language), "*.md").SelectMany(file => Picture().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);
        Assert.Equal(Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));

        async Task Take(string name, string path, string ready)
        {
            await visit.Page.GotoAsync(new Uri(product.Address, $"/t/default/{path}").ToString());
            await visit.Page.Locator(ready).First.WaitForAsync();
            await visit.IsLive();
            await Save(name);
        }

        async Task Save(string name)
        {
            await visit.Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
            await visit.Page.EvaluateAsync("() => document.fonts.ready");
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    /// <summary>A session of the last fifty minutes, so that its curves are worth a picture.</summary>
    private async Task<long> Charge(string charger)
    {
        (await product.Administrator.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
        await using var wire = await WireCharger.Connect(product.Address, charger);
        var begin = TimeProvider.System.GetUtcNow().AddMinutes(-50);
        var started = await wire.Call("StartTransaction", $$"""{"connectorId":1,"idTag":"DEMO-ANNA","meterStart":0,"timestamp":"{{begin:yyyy-MM-ddTHH:mm:ssZ}}"}""");
        var values = Enumerable.Range(1, 49).Select(minute =>
        {
            var watts = minute < 35 ? 10_800 + (minute % 5 * 80) : 10_800 - ((minute - 34) * 550);
            return $$"""
                {"timestamp":"{{begin.AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ}}","sampledValue":[
                {"value":"{{watts}}","measurand":"Power.Active.Import","unit":"W"},{"value":"{{30 + minute}}","measurand":"SoC","unit":"Percent"}]}
                """;
        });
        await wire.Call("MeterValues", $$"""{"connectorId":1,"transactionId":{{started.GetProperty("transactionId").GetInt32()}},"meterValue":[{{string.Join(',', values)}}]}""");
        return (await product.Administrator.Get($"/api/v1/transactions?charger={charger}")).Body.GetProperty("items")[0].GetProperty("id").GetInt64();
    }

    [Fact]
    public async Task The_manual_opens_where_the_page_in_use_is_described()
    {
        await using var visit = await product.Visit("/t/default/trends");
        await visit.Page.Keyboard.PressAsync("?");
        await visit.Page.WaitForURLAsync("**/help/operator#trends");
        var picture = visit.Page.GetByAltText("Curves side by side");
        await Assertions.Expect(picture).ToBeInViewportAsync();
        Assert.True(await picture.EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth > 500; }"));
        await visit.IsSound();

        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("r");
        await visit.Page.WaitForURLAsync("**/reservations");
        await visit.Page.GetByLabel("Charger").FillAsync("gs?");
        Assert.EndsWith("/reservations", visit.Page.Url, StringComparison.Ordinal);
        visit.HasNoComplaints();
    }

    [GeneratedRegex(@"\(images/([a-z]+\.png)\)")]
    private static partial Regex Picture();
}
