using System.Net;
using System.Text;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>Changes that are collected, looked at, and applied as one act.</summary>
public sealed class ChangesTests(RunningProduct product)
{
    [Fact]
    public async Task Changes_of_several_forms_are_collected_looked_at_and_applied_as_one()
    {
        var there = await Tenant("collects");
        await there.Put("/api/v1/sites/north", new { limit = 64 });
        await there.Put("/api/v1/chargers/A", new { site = "north", connectors = 2 });
        await there.Put("/api/v1/chargers/B", new { site = "north" });
        await using var visit = await product.Visit("/t/collects/sites/north");
        await visit.Button("Edit", "").ClickAsync();
        await visit.Field("limit").FillAsync("32");
        await Visit.Press(visit.Dialog, "Collect");
        await visit.Page.GetByText("1 change is collected and not applied yet.").WaitForAsync();
        await Open(visit, "/t/collects/chargers/A");
        await visit.Button("Edit", "").ClickAsync();
        await visit.Field("maxCurrent").FillAsync("20");
        await Visit.Press(visit.Dialog, "Collect");
        await visit.Page.GetByText("2 changes are collected and not applied yet.").WaitForAsync();
        await Open(visit, "/t/collects/chargers/A/connectors/2"); // what was collected before outlives the change of the page
        await visit.Button("Edit", "").First.ClickAsync();
        await visit.Field("connectors[1].priority").FillAsync("9");
        await Visit.Press(visit.Dialog, "Collect");
        await Open(visit, "/t/collects/chargers/B");
        await visit.Button("Delete", "").ClickAsync();
        await Visit.Press(visit.Dialog, "Collect");
        Assert.Equal(64, (await there.Get("/api/v1/sites/north")).Body.GetProperty("limit").GetDouble());

        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Look at them" }).ClickAsync();
        await Change(visit, "north").GetByText("Limit: 64 → 32").WaitForAsync();
        await Change(visit, "A").GetByText("Most current per phase, A: — → 20").WaitForAsync();
        await Change(visit, "A").GetByText("Connector 2, Priority, 0 last to 9 first: — → 9").WaitForAsync();
        await Change(visit, "B").GetByText("deleted").WaitForAsync();
        await visit.IsSound();
        await Visit.Press(Change(visit, "north"), "Withdraw");
        await Change(visit, "north").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.True(await visit.Button("Apply", "").IsDisabledAsync()); // a thing is deleted: that is typed
        await visit.Page.GetByLabel("Type 1 to delete 1 thing").FillAsync("1");
        await visit.Button("Apply", "").ClickAsync();

        await visit.Page.GetByText("2 changes are applied.").WaitForAsync();
        var charger = (await there.Get("/api/v1/chargers/A")).Body;
        Assert.Equal((20, 9), (charger.GetProperty("maxCurrent").GetDouble(), charger.GetProperty("connectors")[1].GetProperty("priority").GetInt32()));
        (await there.Get("/api/v1/chargers/B")).Expect(HttpStatusCode.NotFound);
        Assert.Equal(64, (await there.Get("/api/v1/sites/north")).Body.GetProperty("limit").GetDouble());
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task Chargers_of_a_table_are_taken_when_every_row_can_be()
    {
        var there = await Tenant("tables");
        await there.Put("/api/v1/sites/north", new { });
        await there.Put("/api/v1/chargers/A", new { site = "north", maxCurrent = 32, frameLog = "off" });
        await using var visit = await product.Visit("/t/tables/changes");
        await Choose(visit, "Chargers from CSV", "bad.csv", "charger;colour\nA;red\n;blue\n");
        await visit.Dialog.GetByText("Row 1: there is no column colour").WaitForAsync();
        await visit.Dialog.GetByText("Row 3: names no charger").WaitForAsync();
        await visit.IsSound();
        await visit.Page.Keyboard.PressAsync("Escape");

        await Choose(visit, "Chargers from CSV", "wrong.csv", "charger,site,phases\nC,nowhere,7\n");
        await visit.Page.GetByText("C · Phases: must be 1 to 3").WaitForAsync();
        Assert.True(await visit.Button("Apply", "").IsDisabledAsync());
        await visit.Button("Discard all", "").ClickAsync();

        await Choose(visit, "Chargers from CSV", "good.csv", "\uFEFFcharger;site;connectors;maxCurrent\r\nA;;;16,5\r\nB;north;2;\r\n");
        await Change(visit, "A").GetByText("32 → 16.5").WaitForAsync();
        await visit.Button("Apply", "").ClickAsync();
        await visit.Page.GetByText("2 changes are applied.").WaitForAsync();

        var known = (await there.Get("/api/v1/chargers/A")).Body;
        Assert.Equal((16.5, "north", "off"), (known.GetProperty("maxCurrent").GetDouble(), known.GetProperty("site").GetString(), known.GetProperty("frameLog").GetString()));
        Assert.Equal(2, (await there.Get("/api/v1/chargers/B")).Body.GetProperty("connectors").GetArrayLength());
    }

    [Fact]
    public async Task A_document_is_saved_and_opened_again_elsewhere()
    {
        var (from, to) = (await Tenant("saved"), await Tenant("opened"));
        await from.Put("/api/v1/sites/north", new { limit = 40, smartCharging = new { enabled = true } });
        await from.Put("/api/v1/chargers/A", new { site = "north", connectors = new[] { new { connector = 1, maxCurrent = 16 } } });
        await to.Put("/api/v1/chargers/OLD", new { });
        await using var visit = await product.Visit("/t/saved/changes");
        var saving = visit.Page.WaitForDownloadAsync();
        await visit.Button("Download", "").ClickAsync();
        var saved = await saving;
        Assert.Equal("configuration.json", saved.SuggestedFilename);
        using var text = new StreamReader(await saved.CreateReadStreamAsync());
        var document = await text.ReadToEndAsync(TestContext.Current.CancellationToken);

        await Open(visit, "/t/opened/changes");
        await Choose(visit, "Open a document", "broken.json", "{");
        await visit.Page.GetByText("That file is no document of a configuration.").WaitForAsync();
        await Choose(visit, "Open a document", "configuration.json", document);
        await Change(visit, "A").GetByText("new").WaitForAsync();
        await Change(visit, "OLD").GetByText("deleted").WaitForAsync();
        await visit.IsSound();
        await visit.Page.GetByLabel("Type 1 to delete 1 thing").FillAsync("1");
        await visit.Button("Apply", "").ClickAsync();
        await visit.Page.GetByText("3 changes are applied.").WaitForAsync();

        Assert.Equal(document, (await to.Get("/api/v1/configuration")).Text);
        visit.HasNoComplaints();
    }

    private static ILocator Change(Visit visit, string id) => visit.Page.Locator($"[data-change='{id}']");

    private async Task<ApiClient> Tenant(string name)
    {
        (await product.Administrator.Put($"/api/v1/tenants/{name}", new { })).Expect(HttpStatusCode.Created);
        return product.Administrator.With("X-Tenant", name);
    }

    private Task Open(Visit visit, string path) => visit.Page.GotoAsync(new Uri(product.Address, path).ToString());

    private static async Task Choose(Visit visit, string button, string name, string content)
    {
        var choosing = visit.Page.WaitForFileChooserAsync();
        await visit.Button(button, "").ClickAsync();
        await (await choosing).SetFilesAsync(new FilePayload { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(content) });
    }
}
