using System.Net;
using EvCharge.ConsoleTests.Product;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>What stands around every screen.</summary>
public sealed class ShellTests(RunningProduct product)
{
    [Fact]
    public async Task A_wrong_password_is_said_to_be_wrong_and_a_deep_link_leads_where_it_says()
    {
        await using var visit = await product.Visit("/t/default/sites/default?view=table");
        await visit.Page.Locator("tr[data-connector='DEMO001/1']").WaitForAsync();
        await visit.Button("Account", "Compte").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();

        await visit.Page.Locator("input[name=username]").FillAsync("admin");
        await visit.Page.Locator("input[name=password]").FillAsync("another word");
        await visit.Page.Locator("button[type=submit]").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Alert).GetByText("User name and password do not fit.").WaitForAsync();

        await visit.SignIn("admin");
        await visit.Page.Locator("tr[data-connector='DEMO001/1']").WaitForAsync();
    }

    [Fact]
    public async Task The_language_changes_at_once_and_is_the_user_s_on_another_device()
    {
        (await product.Administrator.Put("/api/v1/users/polyglot", new { role = "guest", password = RunningProduct.Password })).Expect(HttpStatusCode.Created);
        await using (var visit = await product.Visit("/t/default/overview", user: "polyglot"))
        {
            await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview" }).WaitForAsync();
            var kept = visit.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/me/preferences", StringComparison.Ordinal) && answer.Request.Method == "PUT");
            await visit.Page.GetByText("FR", new PageGetByTextOptions { Exact = true }).First.ClickAsync();
            await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Vue d’ensemble" }).WaitForAsync();
            Assert.True((await kept).Ok);
        }

        await using var elsewhere = await product.Visit("/t/default/overview", user: "polyglot");
        await elsewhere.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Vue d’ensemble" }).WaitForAsync();
    }

    [Fact]
    public async Task Search_opens_what_is_typed_by_the_keyboard_alone()
    {
        await using var visit = await product.Visit("/t/default/overview");
        await visit.Page.Locator(".figures").WaitForAsync();

        await visit.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(visit.Dialog.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync(); // nobody types as fast as a test
        await visit.Page.Keyboard.TypeAsync("demo003");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "DEMO003" }).WaitForAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.WaitForURLAsync("**/chargers/DEMO003");
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_cut_stream_is_stale_and_then_live_again_without_a_reload()
    {
        await using var line = new Line(product.Address);
        await using var visit = await product.Visit("/t/default/sites/default", through: line.Address);
        await visit.IsLive();
        await visit.Page.EvaluateAsync("() => { window.notReloaded = true; }");

        line.Cut();
        await visit.Page.Locator("[data-live=stale]").WaitForAsync();
        await visit.Page.GetByText("What is shown is of").WaitForAsync();
        line.Mend();

        await visit.IsLive();
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.notReloaded === true"));
        Assert.Equal(0, await visit.Page.GetByText("What is shown is of").CountAsync());
    }

    [Theory]
    [InlineData("guest")]
    [InlineData("admin")]
    public async Task Another_tenant_s_pages_are_those_of_one_that_is_nowhere(string user)
    {
        await using var visit = await product.Visit("/t/elsewhere/overview", user: user);

        await visit.Page.GetByText("There is nothing here, or nothing that you may see.").First.WaitForAsync();
    }

    [Fact]
    public async Task A_kiosk_has_no_bars()
    {
        await using var visit = await product.Visit("/t/default/sites/default");
        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/sites/default?kiosk=1").ToString());
        await visit.Connector("DEMO001/1").WaitForAsync();

        Assert.Equal(0, await visit.Page.Locator("header, nav").CountAsync());
        visit.HasNoComplaints();
    }
}
