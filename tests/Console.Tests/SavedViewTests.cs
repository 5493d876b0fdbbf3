using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>Pages that are found again as they were looked at, and tables of the columns that are wanted.</summary>
public sealed class SavedViewTests(RunningProduct product)
{
    [Fact]
    public async Task Curves_that_an_operator_saves_for_all_are_opened_by_a_guest()
    {
        await using (var visit = await product.Visit("/t/default/trends?tags=site/default/drawn&range=86400", user: "operator"))
        {
            await visit.Button("Saved views", "").ClickAsync();
            await visit.Dialog.GetByLabel("Save what is shown as").FillAsync("A day of the <b>depot</b>");
            await visit.Dialog.GetByLabel("For everybody").CheckAsync();
            await visit.Save();
            await visit.Dialog.Locator("[data-view]").WaitForAsync();
            await visit.IsSound();
            visit.HasNoComplaints();
        }

        await using var guest = await product.Visit("/t/default/trends", user: "guest");
        await guest.Button("Saved views", "").ClickAsync();
        await guest.Dialog.GetByText("by operator, for all").WaitForAsync();
        Assert.Equal(0, await guest.Dialog.GetByLabel("For everybody").CountAsync());
        Assert.Equal(0, await guest.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).CountAsync());
        await Visit.Press(guest.Dialog, "A day of the <b>depot</b>");
        await guest.Page.GetByLabel("Remove site/default/drawn").WaitForAsync();
        await Assertions.Expect(guest.Page.GetByLabel("Period")).ToHaveValueAsync("86400");
        guest.HasNoComplaints();
    }

    [Fact]
    public async Task A_request_that_is_often_sent_is_kept_and_filled_in_for_another_charger()
    {
        foreach (var name in (string[])["often-1", "often-2"])
        {
            (await product.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        }

        await using var charger = await WireCharger.Connect(product.Address, "often-2");
        await using var visit = await product.Visit("/t/default/console?charger=often-1&action=ChangeConfiguration");
        await visit.Page.GetByLabel("key *").FillAsync("MeterValueSampleInterval");
        await visit.Page.GetByLabel("value *").FillAsync("15");
        await Save(visit, "Samples each 15 s");
        await visit.Page.GetByLabel("key *").FillAsync("AuthorizationKey");
        await visit.Page.GetByLabel("value *").FillAsync("0123456789abcdef");
        await Save(visit, "A new key");
        var kept = (await product.Administrator.Get("/api/v1/saved-views?page=console")).Expect(HttpStatusCode.OK).Text;
        Assert.Contains("AuthorizationKey", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", kept, StringComparison.Ordinal);

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/console?charger=often-2").ToString());
        await visit.Button("Saved views", "").ClickAsync();
        await Visit.Press(visit.Dialog, "Samples each 15 s");
        await Assertions.Expect(visit.Page.GetByLabel("value *")).ToHaveValueAsync("15");
        await visit.Button("Send", "").ClickAsync();
        var call = await charger.NextCall();
        Assert.Equal("MeterValueSampleInterval", call.Payload.GetProperty("key").GetString());
        await charger.Answer(call.Id, """{"status":"Accepted"}""");
        await visit.Page.Locator("[data-status=answered]").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task What_is_saved_under_a_name_again_takes_its_place_and_is_deleted()
    {
        await using var visit = await product.Visit("/t/default/sessions?charger=DEMO001");
        await Save(visit, "Mine");
        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/sessions?charger=DEMO002").ToString());
        await Save(visit, "Mine");
        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/sessions").ToString());
        await visit.Button("Saved views", "").ClickAsync();
        await Visit.Press(visit.Dialog, "Mine");
        await visit.Page.WaitForURLAsync("**/sessions?charger=DEMO002");

        await visit.Button("Saved views", "").ClickAsync();
        await Visit.Press(visit.Dialog, "Delete the view Mine");
        await visit.Dialog.GetByText("No view of this page is saved yet.").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_column_that_is_hidden_stays_hidden_in_this_browser()
    {
        await using var visit = await product.Visit("/t/default/sessions");
        var energy = visit.Page.GetByRole(AriaRole.Columnheader, new PageGetByRoleOptions { Name = "Energy" });
        await energy.WaitForAsync();
        await visit.Button("Columns", "").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = "Energy" }).ClickAsync();
        await energy.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await visit.IsSound();

        await visit.Page.ReloadAsync();
        await visit.Page.Locator("[data-session]").First.WaitForAsync();
        Assert.Equal(0, await energy.CountAsync());
        await visit.Button("Columns", "").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = "Energy" }).ClickAsync();
        await energy.WaitForAsync();
        visit.HasNoComplaints();
    }

    /// <summary>Saves what is shown and closes the dialog.</summary>
    private static async Task Save(Visit visit, string name)
    {
        await visit.Button("Saved views", "").ClickAsync();
        await visit.Dialog.GetByLabel("Save what is shown as").FillAsync(name);
        await visit.Save();
        await visit.Dialog.Locator($"[data-view='{name}']").WaitForAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
    }
}
