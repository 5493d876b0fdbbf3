using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;
using EvCharge.Servers;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>What chargers do, as it is seen while they do it.</summary>
public sealed class FleetTests(RunningProduct product)
{
    [Fact]
    public async Task A_tile_shows_what_its_charger_says_and_that_it_is_gone()
    {
        await New("Live", "seen");
        await using var visit = await product.Visit("/t/default/sites/Live");
        Assert.Equal("Offline", await visit.Connector("seen/1").GetAttributeAsync("data-state"));

        await using (var charger = await WireCharger.Connect(product.Address, "seen"))
        {
            await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"GroundFailure","status":"Faulted"}""");
            await visit.Page.Locator("[data-connector='seen/1'][data-state=Faulted]").WaitForAsync();
            await visit.Connector("seen/1").GetByText("GroundFailure").WaitForAsync();
        }

        await visit.Page.Locator("[data-connector='seen/1'][data-state=Offline]").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task The_overview_counts_a_site_and_leads_to_it()
    {
        await New("Counted", "counted");
        await using var visit = await product.Visit("/t/default/overview");
        var card = visit.Page.GetByRole(AriaRole.Article, new PageGetByRoleOptions { Name = "Counted" });
        await card.GetByText("Chargers online: 0 / 1").WaitForAsync();

        await using var charger = await WireCharger.Connect(product.Address, "counted");
        await card.GetByText("Chargers online: 1 / 1").WaitForAsync();
        await card.GetByRole(AriaRole.Link).ClickAsync();

        await visit.Connector("counted/1").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_site_is_narrowed_to_a_state_by_an_address_that_can_be_sent_to_others()
    {
        await New("Narrowed", "narrow1", "narrow2");
        await using var charger = await WireCharger.Connect(product.Address, "narrow1");
        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Reserved"}""");
        await using var visit = await product.Visit("/t/default/sites/Narrowed?state=Reserved");

        await visit.Connector("narrow1/1").WaitForAsync();
        Assert.Equal(0, await visit.Connector("narrow2/1").CountAsync());

        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        await visit.Page.GetByText("No connector is in this state.").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show all" }).ClickAsync();
        await visit.Connector("narrow2/1").WaitForAsync();
        Assert.DoesNotContain("state=", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_s_limit_is_shown_with_what_is_given_out_of_it()
    {
        await using var visit = await product.Visit("/t/default/sites/default");

        await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Site limit: 63 A" }).WaitForAsync();
        await visit.Page.GetByText("Given out").First.WaitForAsync();
        await visit.Page.Locator("[data-connector] .bar").First.WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task An_operator_limits_a_site_after_a_look_at_what_that_would_do_and_takes_it_back()
    {
        await using var visit = await product.Visit("/t/default/sites/default", user: "operator");
        await visit.Page.GetByLabel("Limit for a while, A").FillAsync("40");
        await visit.Page.GetByText("What each connector would have with 40 A").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Cell, new PageGetByRoleOptions { Name = "DEMO001 · 1" }).WaitForAsync();
        await visit.IsSound();

        await visit.Button("Limit", "").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Site limit: 40 A set by an operator" }).WaitForAsync();
        await visit.Button("Take back", "").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Site limit: 63 A" }).WaitForAsync();
        visit.HasNoComplaints();
    }

    private async Task New(string site, params string[] chargers)
    {
        (await product.Administrator.Put($"/api/v1/sites/{site}", new { name = site })).Expect(HttpStatusCode.Created);
        foreach (var charger in chargers)
        {
            (await product.Administrator.Put($"/api/v1/chargers/{charger}", new { site })).Expect(HttpStatusCode.Created);
        }
    }

    [Fact]
    public async Task A_site_tells_in_both_languages_why_a_connector_has_no_more_and_takes_its_rules()
    {
        (await product.Administrator.Put("/api/v1/sites/ruled", new { name = "Ruled", limit = 20, smartCharging = new { enabled = true, minOnSeconds = 77 } })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put("/api/v1/chargers/ruled", new { site = "ruled" })).Expect(HttpStatusCode.Created);
        await Eventually.Holds(async () => (await product.Administrator.Get("/api/v1/sites/ruled/allocation")).Status == HttpStatusCode.OK);
        await using var visit = await product.Visit("/t/default/sites/ruled/energy");
        var share = visit.Page.Locator("[data-share='ruled/1']");
        await share.WaitForAsync();
        var english = await share.Locator("td").Last.InnerTextAsync();
        await using (var french = await product.Visit("/t/default/sites/ruled/energy", new Look(French: true), "guest"))
        {
            await french.Page.Locator("[data-share='ruled/1']").WaitForAsync();
            Assert.NotEqual(english, await french.Page.Locator("[data-share='ruled/1'] td").Last.InnerTextAsync());
            Assert.Equal(0, await french.Page.Locator("[name='smartCharging.deadBand']").CountAsync());
        }

        await visit.Page.Locator("[name='smartCharging.deadBand']").FillAsync("-4");
        await visit.Save(visit.Page.Locator("main"));
        await visit.Page.GetByText("must be").First.WaitForAsync();
        await visit.Page.Locator("[name='smartCharging.deadBand']").FillAsync("1,5");
        await visit.Save(visit.Page.Locator("main"));
        await visit.Page.GetByText("Saved.").WaitForAsync();
        var rules = (await product.Administrator.Get("/api/v1/sites/ruled")).Body.GetProperty("smartCharging");
        Assert.Equal((1.5, 77), (rules.GetProperty("deadBand").GetDouble(), rules.GetProperty("minOnSeconds").GetDouble()));
        visit.HasNoComplaints();
    }
}
