using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>What an operator decides at the moment: tags by hand, and one operation for many chargers.</summary>
public sealed class OperatorTests(RunningProduct product)
{
    [Fact]
    public async Task A_tag_waits_for_the_operators_word()
    {
        (await product.Administrator.Put("/api/v1/sites/by-hand", new { name = "A by hand" })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put("/api/v1/chargers/by-hand", new { site = "by-hand" })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Connect(product.Address, "by-hand");
        await using var visit = await product.Visit("/t/default/authorization", user: "operator");
        await visit.Page.GetByLabel("Site", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("by-hand");
        await visit.Button("Take over", "").ClickAsync();
        await visit.Page.Locator("[data-mode=manual]").WaitForAsync();

        var answer = charger.Call("Authorize", """{"idTag":"UNHEARD"}""");
        var request = visit.Page.Locator("[data-request=UNHEARD]");
        await request.WaitForAsync();
        await visit.IsSound();
        Assert.False(answer.IsCompleted);
        await Visit.Press(request, "Accept");
        Assert.Equal("Accepted", (await answer).GetProperty("idTagInfo").GetProperty("status").GetString());
        await visit.Page.Locator("[data-request=UNHEARD][data-state=answered]").GetByText("by operator").WaitForAsync();

        await visit.Button("Take back", "").ClickAsync();
        await visit.Page.Locator("[data-mode=tags]").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task One_operation_goes_to_all_chargers_of_a_site_and_each_answers_for_itself()
    {
        (await product.Administrator.Put("/api/v1/sites/many", new { name = "Many" })).Expect(HttpStatusCode.Created);
        foreach (var name in (string[])["many-1", "many-2"])
        {
            (await product.Administrator.Put($"/api/v1/chargers/{name}", new { site = "many" })).Expect(HttpStatusCode.Created);
        }

        await using var charger = await WireCharger.Connect(product.Address, "many-1");
        await using var visit = await product.Visit("/t/default/batches", user: "operator");
        await Choose(visit, "Site", "Many");
        await Choose(visit, "Operation", "ClearCache");
        await visit.Button("Send", "").ClickAsync();
        var told = await charger.NextCall();
        Assert.Equal("ClearCache", told.Action);
        await charger.Answer(told.Id, """{"status":"Accepted"}""");

        await visit.Page.Locator("[data-item=many-1][data-status=answered]").WaitForAsync();
        await visit.Page.Locator("[data-item=many-2][data-status=offline]").WaitForAsync();
        await visit.Page.GetByText("1 answered, 1 without an answer, of 2").First.WaitForAsync();
        await visit.IsSound();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task Settings_of_the_tenant_are_changed_by_its_administrator_alone()
    {
        await using (var operators = await product.Visit("/t/default/settings", user: "operator"))
        {
            await operators.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }

        await using var visit = await product.Visit("/t/default/settings");
        await visit.Page.Locator("[name=concurrentTransactions]").SelectOptionAsync("allow");
        await visit.Button("Save", "").ClickAsync();
        await visit.Page.GetByText("Saved.").WaitForAsync();

        Assert.Equal("allow", (await product.Administrator.Get("/api/v1/settings")).Body.GetProperty("concurrentTransactions").GetString());
        visit.HasNoComplaints();
    }

    private static async Task Choose(Visit visit, string label, string option)
    {
        await visit.Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = option, Exact = true }).ClickAsync();
    }
}
