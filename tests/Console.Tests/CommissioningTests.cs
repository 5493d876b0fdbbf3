using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Commissioning;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>Chargers are tested before a screen, and what they showed is seen by make and model.</summary>
public sealed class CommissioningTests(RunningProduct product)
{
    private const string Hostile = "<img onerror=1>";

    [Fact]
    public async Task A_charger_is_tested_step_by_step_and_its_model_is_remembered()
    {
        await New("TESTED", "TESTER");
        var charger = new TestedCharger(product.Address, "TESTED") { Lacks = ["RemoteStopTransaction"], Firmware = Hostile };
        await charger.Connect();
        await using var visit = await product.Visit("/t/default/chargers/TESTED/commissioning");
        await visit.Page.Locator("main [name='limit']").FillAsync("5");
        await visit.Page.Locator("main [name='idTag']").FillAsync("TESTER");
        await visit.Button("Start the test", "").ClickAsync();
        await visit.Page.GetByText("must be 6 to 1000").WaitForAsync();
        await visit.Page.Locator("main [name='limit']").FillAsync("8");
        await visit.Button("Start the test", "").ClickAsync();

        await visit.Page.Locator("[data-status='failed']").WaitForAsync();
        foreach (var step in (string[])["connect", "boot", "keys", "featureProfiles", "status", "start", "meterValues", "chargingProfile", "return"])
        {
            Assert.Equal("passed", await visit.Page.Locator($"[data-step='{step}']").GetAttributeAsync("data-outcome"));
        }

        await visit.Page.Locator("[data-step='stop'][data-outcome='failed']").GetByText("It refused.").WaitForAsync();
        await visit.IsSound();
        await visit.Page.Locator("[data-step='start']").GetByText("Messages").ClickAsync();
        await visit.Page.GetByText("RemoteStartTransaction").First.WaitForAsync();
        Assert.Equal(0, await visit.Page.GetByText("RemoteStopTransaction").CountAsync());
        await visit.Button("Show all", "").ClickAsync();
        await visit.Page.GetByText("RemoteStopTransaction").First.WaitForAsync();

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/compatibility").ToString());
        var model = visit.Page.Locator("[data-model='TESTED']");
        await model.GetByText(Hostile).WaitForAsync();
        Assert.Equal("failed", await model.Locator("[data-step='stop']").GetAttributeAsync("data-outcome"));
        Assert.Equal(0, await visit.Page.Locator("img:not([src='/icon.svg'])").CountAsync());
        await visit.IsSound();
        await charger.Leave();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task Somebody_is_told_what_to_do_and_may_end_the_test()
    {
        await New("UNTESTED", "ENDER");
        await using var visit = await product.Visit("/t/default/chargers/UNTESTED/commissioning");
        await visit.Page.Locator("main [name='idTag']").FillAsync("ENDER");
        await visit.Button("Start the test", "").ClickAsync();
        await visit.Page.GetByText("Switch the charger on.").WaitForAsync();
        await visit.Button("End the test", "").ClickAsync();
        await visit.Page.Locator("[data-status='cancelled']").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start the test" }).WaitForAsync();
        visit.HasNoComplaints();
    }

    private async Task New(string charger, string tag)
    {
        (await product.Administrator.Put($"/api/v1/chargers/{charger}", new { frameLog = "full" })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put($"/api/v1/tags/{tag}", new { })).Expect(HttpStatusCode.Created);
    }
}
