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
        await visit.Field("username").FillAsync("newcomer");
        await visit.Field("password").FillAsync("short");
        await visit.Save();
        await visit.Page.GetByText("must be 8 to 256 characters").WaitForAsync();
        await visit.Field("password").FillAsync(RunningProduct.Password);
        await visit.Field("role").SelectOptionAsync("operator");
        await visit.Save();
        var row = visit.Thing("newcomer");
        await row.GetByText("Operator").WaitForAsync();
        await using (var entered = await product.Visit("/t/default/overview", user: "newcomer"))
        {
            await entered.Page.Locator(".figures").WaitForAsync();
            Assert.Equal(0, await entered.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Users" }).CountAsync());
        }

        await Visit.Press(row, "Edit");
        await visit.Field("disabled").SelectOptionAsync("no");
        await visit.Save();
        await row.GetByText("No", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        var refused = await new ApiClient(product.Address).Post("/api/v1/auth/token", new { username = "newcomer", password = RunningProduct.Password });
        refused.Expect(HttpStatusCode.Unauthorized);

        await visit.Delete("newcomer");
    }

    [Fact]
    public async Task A_user_who_is_given_one_site_sees_that_and_nothing_of_the_tenant()
    {
        foreach (var site in (string[])["of-theirs", "of-others"])
        {
            (await product.Administrator.Put($"/api/v1/sites/{site}", new { name = $"Site {site}" })).Expect(HttpStatusCode.Created);
        }

        await using var visit = await product.Visit("/t/default/users");
        await visit.Button("Add a user", "").ClickAsync();
        await visit.Field("username").FillAsync("site-keeper");
        await visit.Field("password").FillAsync(RunningProduct.Password);
        await visit.Field("role").SelectOptionAsync("administrator");
        await visit.Field("sites").SelectOptionAsync("some");
        await visit.Dialog.GetByRole(AriaRole.Combobox, new LocatorGetByRoleOptions { Name = "These sites" }).FillAsync("of-theirs");
        await visit.Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = "Site of-theirs" }).ClickAsync();
        await visit.Page.Keyboard.PressAsync("Tab"); // the list of what else there is lies over the buttons until then
        await visit.IsSound();
        await visit.Save();
        await visit.Thing("site-keeper").GetByText("Site of-theirs").WaitForAsync();

        await using (var keeper = await product.Visit("/t/default/overview", user: "site-keeper"))
        {
            await keeper.Page.GetByText("Site of-theirs").First.WaitForAsync();
            Assert.Equal(0, await keeper.Page.GetByText("Site of-others").CountAsync());
            await keeper.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "OCPP console" }).First.WaitForAsync();
            foreach (var page in (string[])["Tags", "Users", "Batches", "Changes", "Settings"])
            {
                Assert.Equal(0, await keeper.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = page, Exact = true }).CountAsync());
            }

            Assert.Equal(0, await keeper.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add a site" }).CountAsync());
            keeper.HasNoComplaints();
        }

        await visit.Delete("site-keeper");
        foreach (var site in (string[])["of-theirs", "of-others"])
        {
            (await product.Administrator.Delete($"/api/v1/sites/{site}")).Expect(HttpStatusCode.NoContent);
        }
    }

    [Fact]
    public async Task A_role_of_the_tenants_own_permits_what_it_lists_and_no_more()
    {
        await using var visit = await product.Visit("/t/default/roles");
        await visit.Button("Add a role", "").ClickAsync();
        await visit.Field("role").FillAsync("Not Allowed");
        await visit.Save();
        await visit.Dialog.GetByText("must be 1 to 63 letters").WaitForAsync();
        await visit.Field("role").FillAsync("tag-keeper");
        await visit.Field("tags.read").CheckAsync();
        await visit.Field("tags.write").CheckAsync();
        await visit.IsSound();
        await visit.Save();
        await visit.Thing("tag-keeper").GetByText("see tags and vehicles, change tags and vehicles").WaitForAsync();
        Assert.Equal(0, await visit.Thing("administrator").GetByRole(AriaRole.Button).CountAsync());

        (await product.Administrator.Put("/api/v1/users/keeper", new { role = "tag-keeper", password = RunningProduct.Password })).Expect(HttpStatusCode.Created);
        await using (var keeper = await product.Visit("/t/default/tags", user: "keeper"))
        {
            await keeper.Thing("DEMO-ANNA").WaitForAsync();
            Assert.Equal(0, await keeper.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "OCPP console" }).CountAsync());
        }

        (await product.Administrator.Delete("/api/v1/users/keeper")).Expect(HttpStatusCode.NoContent);
        await visit.Delete("tag-keeper");
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_keys_secret_is_shown_once_opens_what_it_may_and_ends_with_its_key()
    {
        await using var visit = await product.Visit("/t/default/api-keys");
        await visit.Button("Add a key", "").ClickAsync();
        await visit.Save();
        await visit.Dialog.GetByText("is needed").First.WaitForAsync();
        await visit.Field("description").FillAsync("For the bills");
        await visit.Field("transactions.read").CheckAsync();
        await visit.Save();
        var secret = await visit.Page.Locator("[data-secret]").InnerTextAsync();
        await visit.IsSound();
        var program = new ApiClient(product.Address).With("X-Api-Key", secret);
        (await program.Get("/api/v1/transactions")).Expect(HttpStatusCode.OK);
        (await program.Get("/api/v1/tags")).Expect(HttpStatusCode.Forbidden);

        await visit.Page.ReloadAsync();
        var row = visit.Page.Locator("[data-thing]", new PageLocatorOptions { HasText = "For the bills" });
        await row.WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator("[data-secret]").CountAsync());
        await visit.Delete((await row.GetAttributeAsync("data-thing"))!);
        (await program.Get("/api/v1/transactions")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_tenant_is_made_looked_into_and_suspended()
    {
        await using var visit = await product.Visit("/t/default/tenants");
        await visit.Button("Add a tenant", "").ClickAsync();
        await visit.Field("tenant").FillAsync("north");
        await visit.Field("name").FillAsync("North");
        await visit.Field("quotas.chargers").FillAsync("-1");
        await visit.Save();
        await visit.Dialog.Locator("[class*=error]").First.WaitForAsync();
        await visit.Field("quotas.chargers").FillAsync("5");
        await visit.Save();
        var row = visit.Thing("north");
        await Visit.Press(row, "Suspend");
        await row.GetByText("suspended").WaitForAsync();
        await Visit.Press(row, "Resume");
        await row.GetByText("active", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        Assert.Equal(0, await visit.Thing("default").GetByText("Delete").CountAsync());

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await visit.Page.GetByText("You act in tenant north").WaitForAsync();

        // What was read of the tenant before is not shown as if it were of this one, nor the other way round.
        await visit.Page.GetByText("No chargers yet").WaitForAsync();
        Assert.Equal(0, await visit.Page.GetByText("Demo site").CountAsync());
        await visit.Page.GotoAsync(new Uri(product.Address, "/t/north/tags").ToString());
        await visit.Page.GetByText("No tag is known yet").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Tenants" }).ClickAsync();
        await visit.Thing("default").GetByRole(AriaRole.Link).ClickAsync();
        await visit.Page.GetByText("Demo site").First.WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Tags", Exact = true }).ClickAsync();
        await visit.Thing("DEMO-ANNA").WaitForAsync();
        visit.HasNoComplaints();
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

}
