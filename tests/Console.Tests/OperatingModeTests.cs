using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;

namespace EvCharge.ConsoleTests;

/// <summary>How chargers take limits, kept once and given to chargers by an administrator before a screen.</summary>
public sealed class OperatingModeTests(RunningProduct product)
{
    [Fact]
    public async Task A_mode_is_kept_overridden_at_a_site_and_given_to_a_charger()
    {
        (await product.Administrator.Put("/api/v1/sites/modes", new { name = "Modes" })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put("/api/v1/chargers/modes", new { site = "modes", operatingMode = new { stackLevel = 2 } })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/operating-modes");
        await visit.Button("Keep an operating mode", "").ClickAsync();
        await visit.Field("mode").FillAsync("kilowatts");
        await visit.Field("smartCharging.unit").SelectOptionAsync("W");
        await visit.Field("smartCharging.step").FillAsync("-1");
        await visit.Save();
        await visit.Dialog.GetByText("must be 0.1 to 10000").WaitForAsync();
        await visit.IsSound();
        await visit.Field("smartCharging.step").FillAsync("1000");
        await visit.Save();
        await visit.Thing("kilowatts").GetByText("Unit: W, Step, in the unit: 1000").WaitForAsync();

        await visit.Page.Locator("main [name='site']").SelectOptionAsync("modes");
        await visit.Thing("kilowatts").GetByText("all sites").WaitForAsync();
        Assert.Equal(0, await visit.Thing("kilowatts").GetByText("Delete").CountAsync());
        await visit.Thing("kilowatts").GetByText("Edit").ClickAsync();
        await visit.Field("smartCharging.step").FillAsync("100");
        await visit.Save();
        await visit.Thing("kilowatts").GetByText("this site").WaitForAsync();
        Assert.Equal(1000, await Step("operating-modes/kilowatts"));
        Assert.Equal(100, await Step("sites/modes/operating-modes/kilowatts"));

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/chargers/modes").ToString());
        await visit.Button("Edit", "").ClickAsync();
        Assert.Equal(" own", await visit.Field("operatingMode").InputValueAsync());
        await visit.Field("operatingMode").SelectOptionAsync("kilowatts");
        await visit.Save();
        await visit.Dialog.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        Assert.Equal("kilowatts", (await product.Administrator.Get("/api/v1/chargers/modes")).Body.GetProperty("operatingMode").GetString());
        visit.HasNoComplaints();
    }

    private async Task<double> Step(string path) =>
        (await product.Administrator.Get($"/api/v1/{path}")).Expect(HttpStatusCode.OK).Body.GetProperty("smartCharging").GetProperty("step").GetDouble();
}
