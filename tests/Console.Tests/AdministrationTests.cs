using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>People and what they did.</summary>
public sealed class AdministrationTests(RunningProduct product)
{
    [Fact]
    public async Task A_user_is_made_signs_in_is_shut_out_and_deleted()
    {
        await using var visit = await product.Visit("/t/default/users");
        await visit.Button("Add a user", "").ClickAsync();
        await Field(visit, "username").FillAsync("newcomer");
        await Field(visit, "password").FillAsync("short");
        await Save(visit).ClickAsync();
        await visit.Page.GetByText("must be 8 to 256 characters").WaitForAsync();
        await Field(visit, "password").FillAsync(RunningProduct.Password);
        await Field(visit, "role").SelectOptionAsync("operator");
        await Save(visit).ClickAsync();
        var row = visit.Page.Locator("[data-user=newcomer]");
        await row.GetByText("Operator").WaitForAsync();
        await using (var entered = await product.Visit("/t/default/overview", user: "newcomer"))
        {
            await entered.Page.Locator(".figures").WaitForAsync();
            Assert.Equal(0, await entered.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Users" }).CountAsync());
        }

        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Edit" }).ClickAsync();
        await Field(visit, "disabled").SelectOptionAsync("no");
        await Save(visit).ClickAsync();
        await row.GetByText("No", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        var refused = await new ApiClient(product.Address).Post("/api/v1/auth/token", new { username = "newcomer", password = RunningProduct.Password });
        refused.Expect(HttpStatusCode.Unauthorized);

        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await visit.Page.GetByLabel("Type newcomer to confirm").FillAsync("newcomer");
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await row.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task What_somebody_did_is_in_the_audit_log_which_is_found_to_be_whole()
    {
        (await product.Administrator.Put("/api/v1/sites/audited", new { name = "Audited" })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/audit?author=admin");
        await visit.Page.GetByText("sites/audited").First.WaitForAsync();

        await visit.Button("Verify", "").ClickAsync();
        await visit.Page.GetByText("none of them changed").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task Events_tell_of_a_charger_that_came_twice()
    {
        (await product.Administrator.Put("/api/v1/chargers/twice", new { })).Expect(HttpStatusCode.Created);
        await using var first = await WireCharger.Connect(product.Address, "twice");
        await using var second = await WireCharger.Connect(product.Address, "twice");
        await using var visit = await product.Visit("/t/default/events?charger=twice", user: "operator");

        await visit.Page.Locator("[data-event=connection-superseded]").WaitForAsync();
        visit.HasNoComplaints();
    }

    private static ILocator Field(Visit visit, string name) => visit.Page.GetByRole(AriaRole.Dialog).Locator($"[name={name}]");

    private static ILocator Save(Visit visit) => visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" });
}
