using System.Net;
using System.Text;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>Sessions that were and are, by what is looked for.</summary>
public sealed class SessionTests(RunningProduct product)
{
    [Fact]
    public async Task The_filter_is_in_the_address_and_the_export_is_of_exactly_what_it_lets_through()
    {
        await Charge("filter1", "BLUE");
        await Charge("filter2", "GREEN");
        await using var visit = await product.Visit("/t/default/sessions");
        await visit.Page.GetByLabel("Tag").FillAsync("green");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Filter", Exact = true }).ClickAsync();

        await visit.Page.WaitForURLAsync("**idTag=green*");
        await visit.Page.GetByText("filter2 · 1").WaitForAsync();
        await visit.Page.GetByText("filter1 · 1").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await visit.Button("Export", "").ClickAsync();
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Encoding.UTF8, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Contains("GREEN", lines[1], StringComparison.Ordinal);
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_session_shows_what_it_was_and_its_curves()
    {
        var id = await Charge("curves", "RED");
        await using var visit = await product.Visit($"/t/default/sessions/{id}");

        await visit.Page.GetByText("1.50 kWh").First.WaitForAsync();
        await visit.Page.GetByText("RED", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        await visit.Page.GetByText("2 measurements").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Figure, new PageGetByRoleOptions { Name = "Curve of Power, Battery" }).WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task What_is_nowhere_is_said_to_be_nowhere_and_one_can_go_home()
    {
        await using var visit = await product.Visit("/t/default/sessions/999999");

        await visit.Page.GetByText("There is nothing here, or nothing that you may see.").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "To the overview" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/overview");
    }

    [Fact]
    public async Task Of_a_session_that_charges_is_said_what_it_needs()
    {
        var active = (await product.Administrator.Get("/api/v1/transactions?active=true&site=default")).Body.GetProperty("items")[0];
        await using var visit = await product.Visit($"/t/default/sessions/{active.GetProperty("id").GetInt64()}");
        await visit.Button("Say what it needs", "").ClickAsync();
        await visit.Field("priority").FillAsync("12");
        await visit.Save();
        await visit.Dialog.GetByText("must be 0 to 9").WaitForAsync();
        await visit.IsSound();
        await visit.Field("priority").FillAsync("9");
        await visit.Save();
        await visit.Page.GetByRole(AriaRole.Status).GetByText("Saved.").WaitForAsync();
        Assert.Equal(9, await Priority(active));

        await visit.Button("As its tag says", "").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Status).GetByText("Saved.").WaitForAsync();
        await Eventually.Holds(async () => await Priority(active) != 9);
    }

    private async Task<int> Priority(System.Text.Json.JsonElement session) =>
        (await product.Administrator.Get("/api/v1/sites/default/allocation")).Body.GetProperty("connectors").EnumerateArray()
            .Single(one => one.GetProperty("charger").GetString() == session.GetProperty("charger").GetString()
                && one.GetProperty("connector").GetInt32() == session.GetProperty("connector").GetInt32())
            .GetProperty("priority").GetInt32();

    /// <returns>The id of a session with two samples that has ended.</returns>
    private async Task<long> Charge(string charger, string tag)
    {
        (await product.Administrator.Put($"/api/v1/tags/{tag}", new { })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
        await using var wire = await WireCharger.Connect(product.Address, charger);
        var started = await wire.Call("StartTransaction", $$"""{"connectorId":1,"idTag":"{{tag}}","meterStart":0,"timestamp":"2026-11-29T12:00:00Z"}""");
        var ocppId = started.GetProperty("transactionId").GetInt32();
        foreach (var (minute, watts, soc) in ((int, int, int)[])[(1, 7_000, 40), (2, 7_200, 41)])
        {
            await wire.Call("MeterValues", $$$"""
                {"connectorId":1,"transactionId":{{{ocppId}}},"meterValue":[{"timestamp":"2026-11-29T12:0{{{minute}}}:00Z","sampledValue":[
                {"value":"{{{watts}}}","measurand":"Power.Active.Import","unit":"W"},{"value":"{{{soc}}}","measurand":"SoC","unit":"Percent"}]}]}
                """);
        }

        await wire.Call("StopTransaction", $$"""{"transactionId":{{ocppId}},"meterStop":1500,"timestamp":"2026-11-29T12:03:00Z","reason":"Local"}""");
        return (await product.Administrator.Get($"/api/v1/transactions?charger={charger}")).Body.GetProperty("items")[0].GetProperty("id").GetInt64();
    }
}
