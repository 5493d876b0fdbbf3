using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>Sites and chargers that are made, changed and deleted by an administrator before a screen.</summary>
public sealed class ConfigurationTests(RunningProduct product)
{
    [Fact]
    public async Task A_site_and_chargers_by_a_pattern_are_made_and_seen_at_once()
    {
        await using var visit = await product.Visit("/t/default/overview");
        await visit.Button("Add a site", "").ClickAsync();
        await visit.Field("site").FillAsync("no such name");
        await visit.Save();
        await visit.Dialog.GetByText("must be 1 to 40 letters").WaitForAsync();
        await visit.IsSound();
        await visit.Field("site").FillAsync("made");
        await visit.Field("name").FillAsync("Made here");
        await visit.Field("limit").FillAsync("32,5");
        await visit.Save();
        await Gone(visit);
        Assert.Equal(32.5, (await product.Administrator.Get("/api/v1/sites/made")).Body.GetProperty("limit").GetDouble());

        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Made here" }).First.ClickAsync();
        await visit.Page.GetByText("This site has no chargers.").WaitForAsync();
        await visit.Button("Add chargers", "").ClickAsync();
        await visit.Field("charger").FillAsync("MADE-09");
        await visit.Field("count").FillAsync("3");
        await visit.Dialog.GetByText("MADE-09 … MADE-11").WaitForAsync();
        await visit.Field("password").FillAsync("short");
        await visit.Save();
        await visit.Dialog.GetByText("must be 8 to 128 printable characters").WaitForAsync();
        await visit.Field("password").FillAsync("");
        await visit.Save();

        await visit.Connector("MADE-09/1").WaitForAsync();
        await visit.Connector("MADE-11/1").WaitForAsync();
        Assert.Equal("Offline", await visit.Connector("MADE-10/1").GetAttributeAsync("data-state"));
    }

    [Fact]
    public async Task What_a_form_does_not_show_stays_as_it_is()
    {
        (await product.Administrator.Put("/api/v1/sites/kept", new { name = "Kept", limit = 40, smartCharging = new { enabled = false, deadBand = 3 } })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put("/api/v1/chargers/kept", new
        {
            site = "kept", frameLog = "off", maxPower = 22_000, connectors = new[] { new { connector = 1, maxCurrent = 16 }, new { connector = 2, maxCurrent = 20 } },
        })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/sites/kept");
        await visit.Button("Edit", "").ClickAsync();
        await visit.Field("limit").FillAsync("50");
        await visit.Save();
        await Gone(visit);

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/chargers/kept").ToString());
        await visit.Button("Edit", "").ClickAsync();
        await visit.Field("priority").FillAsync("7");
        await visit.Field("connectors").FillAsync("3");
        await visit.Save();
        await Gone(visit);
        await visit.Connector("kept/3").WaitForAsync();

        var site = (await product.Administrator.Get("/api/v1/sites/kept")).Body;
        Assert.Equal((50, 3), (site.GetProperty("limit").GetDouble(), site.GetProperty("smartCharging").GetProperty("deadBand").GetDouble()));
        var charger = (await product.Administrator.Get("/api/v1/chargers/kept")).Body;
        Assert.Equal(("off", 22_000, 7), (charger.GetProperty("frameLog").GetString(), charger.GetProperty("maxPower").GetDouble(), charger.GetProperty("priority").GetInt32()));
        Assert.Equal(20, charger.GetProperty("connectors")[1].GetProperty("maxCurrent").GetDouble());
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task The_supply_of_a_site_is_built_of_feeders_and_limits_of_the_week()
    {
        (await product.Administrator.Put("/api/v1/sites/supplied", new { limit = 80 })).Expect(HttpStatusCode.Created);
        await product.Administrator.Put("/api/v1/chargers/fed-1", new { site = "supplied" });
        await product.Administrator.Put("/api/v1/chargers/fed-2", new { site = "supplied" });
        await using var visit = await product.Visit("/t/default/sites/supplied/supply");
        await visit.Page.GetByText("On the site itself: fed-1, fed-2").WaitForAsync();
        await visit.Button("Add a feeder", "").ClickAsync();
        await visit.Page.Locator("[name='tree.nodes[0].name']").FillAsync("Deck");
        await visit.Page.Locator("[name='tree.nodes[0].maxCurrent']").FillAsync("3");
        await visit.Button("Add a feeder", "").ClickAsync();
        await visit.Page.Locator("[name='tree.nodes[1].name']").FillAsync("Row");
        await visit.Page.Locator("[name='tree.nodes[1].parent']").SelectOptionAsync("Deck");
        await visit.Page.Locator("[name='tree.nodes[1].chargers']").FillAsync("fed-1");
        await visit.Page.GetByText("On the site itself: fed-2").WaitForAsync();
        await visit.Button("Add a limit", "").ClickAsync();
        await visit.Page.Locator("[name='tree.schedule[0].from']").FillAsync("17:00");
        await visit.Page.Locator("[name='tree.schedule[0].limit']").FillAsync("60");
        await visit.Button("Save", "").ClickAsync();
        await visit.Page.GetByText("must be 6 to 100000 A").First.WaitForAsync();
        await visit.IsSound();
        await visit.Page.Locator("[name='tree.nodes[0].maxCurrent']").FillAsync("40");
        await visit.Page.Locator("[name='tree.nodes[0].name']").FillAsync("Deck 1"); // what hangs below it goes along
        await visit.Button("Save", "").ClickAsync();
        await visit.Page.GetByText("Saved.").WaitForAsync();

        var tree = (await product.Administrator.Get("/api/v1/sites/supplied")).Body.GetProperty("tree");
        Assert.Equal("Deck 1", tree.GetProperty("nodes")[1].GetProperty("parent").GetString());
        Assert.Equal("fed-1", tree.GetProperty("nodes")[1].GetProperty("chargers")[0].GetString());
        Assert.Equal(("Monday", 60), (tree.GetProperty("schedule")[0].GetProperty("day").GetString(), tree.GetProperty("schedule")[0].GetProperty("limit").GetDouble()));
    }

    [Theory]
    [InlineData("sites", "name", "By me")]
    [InlineData("chargers", "priority", "1")]
    public async Task What_somebody_else_changed_in_between_is_not_written_over(string things, string member, string value)
    {
        var path = $"/api/v1/{things}/raced";
        (await product.Administrator.Put(path, new { })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit($"/t/default/{things}/raced");
        await visit.Button("Edit", "").ClickAsync();
        await visit.Field(member).FillAsync(value);
        var other = (await product.Administrator.Put(path, things == "sites" ? new { name = "By another" } : new { priority = 9 })).Expect(HttpStatusCode.OK);
        if (things == "chargers")
        {
            // The page reads its charger again now and then: the form must not take that version for the one it shows.
            await visit.Page.WaitForResponseAsync(answer => answer.Url.EndsWith(path, StringComparison.Ordinal));
        }

        await visit.Save();

        await visit.Dialog.GetByText("Somebody else changed it in between.").WaitForAsync();
        Assert.Equal(other.ETag, (await product.Administrator.Get(path)).ETag);
    }

    [Theory]
    [InlineData("overview", "Add a site", "site", "sites/there", "{}")]
    [InlineData("overview", "Add chargers", "charger", "chargers/there", "{}")]
    [InlineData("users", "Add a user", "username", "users/there", """{"role":"guest","password":"a password"}""")]
    public async Task What_is_there_already_is_not_written_over_by_a_new_one(string page, string button, string member, string thing, string body)
    {
        var there = (await product.Administrator.SendText(HttpMethod.Put, $"/api/v1/{thing}", body)).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit($"/t/default/{page}");
        await visit.Button(button, "").ClickAsync();
        await visit.Field(member).FillAsync("there");
        if (page == "users")
        {
            await visit.Field("password").FillAsync("another password");
        }

        await visit.Save();

        await visit.Dialog.GetByText("There is one of this name already.").WaitForAsync();
        Assert.Equal(there.ETag, (await product.Administrator.Get($"/api/v1/{thing}")).ETag);
    }

    [Fact]
    public async Task The_first_site_is_set_up_until_its_charger_has_said_that_it_is_there()
    {
        await product.Administrator.Put("/api/v1/tenants/fresh", new { name = "Fresh" });
        await using var visit = await product.Visit("/t/fresh/overview");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Set up the first site" }).ClickAsync();
        await visit.Page.Locator("[name=name]").FillAsync("Dépôt Nord");
        await visit.Page.Locator("[name=limit]").FillAsync("63");
        await visit.Button("Next", "").ClickAsync();
        await visit.Page.WaitForURLAsync("**/welcome?site=depot-nord");
        await visit.Page.Locator("[name=charger]").FillAsync("no good");
        await visit.Button("Next", "").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Alert).Or(visit.Page.Locator("[class*=error]")).First.WaitForAsync();
        await visit.Page.Locator("[name=charger]").FillAsync("N1");
        await visit.Button("Next", "").ClickAsync();
        await visit.Page.GetByText("/ocpp/fresh/N1").WaitForAsync();
        await visit.IsSound();

        await using var charger = await WireCharger.Open(product.Address, "/ocpp/fresh/N1", null, "ocpp1.6");
        await visit.Page.GetByText("Connected; waits").WaitForAsync();
        await charger.Call("BootNotification", WireCharger.Boot);
        await visit.Page.Locator("[data-there=true]").GetByText("N1 is there.").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "To its site" }).ClickAsync();
        await visit.Connector("N1/1").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_charger_is_copied_and_one_of_its_connectors_set_by_itself()
    {
        (await product.Administrator.Put("/api/v1/chargers/model", new { frameLog = "off", maxPower = 22_000, sharing = "Shared", connectors = 2 })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/chargers/model");
        await visit.Button("Copy", "").ClickAsync();
        await visit.Field("charger").FillAsync("model-2");
        await visit.Save();
        await Gone(visit);

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/chargers/model-2/connectors/2").ToString());
        await visit.Button("Edit", "").ClickAsync();
        await visit.Field("connectors[1].maxCurrent").FillAsync("5000");
        await visit.Save();
        await visit.Dialog.GetByText("must be 0 to 1000").WaitForAsync();
        await visit.Field("connectors[1].maxCurrent").FillAsync("16");
        await visit.Field("connectors[1].holdMinimum").SelectOptionAsync("yes");
        await visit.Save();
        await Gone(visit);

        var copy = (await product.Administrator.Get("/api/v1/chargers/model-2")).Body;
        Assert.Equal(("off", 22_000, "Shared"), (copy.GetProperty("frameLog").GetString(), copy.GetProperty("maxPower").GetDouble(), copy.GetProperty("sharing").GetString()));
        var connector = copy.GetProperty("connectors")[1];
        Assert.Equal((16, true), (connector.GetProperty("maxCurrent").GetDouble(), connector.GetProperty("holdMinimum").GetBoolean()));
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_charger_goes_when_its_name_was_typed_and_not_before()
    {
        (await product.Administrator.Put("/api/v1/chargers/goes", new { })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/chargers/goes");
        await visit.Button("Delete", "").ClickAsync();
        var delete = visit.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" });
        await visit.Dialog.GetByLabel("Type goes to confirm").FillAsync("goe");
        await Assertions.Expect(delete).ToBeDisabledAsync();
        await visit.Dialog.GetByLabel("Type goes to confirm").FillAsync("goes");
        await visit.Page.EvaluateAsync("() => window.dispatchEvent(new Event('offline'))"); // as on a PC whose cable is pulled
        var answer = await visit.Page.RunAndWaitForResponseAsync(() => delete.ClickAsync(), response => response.Request.Method == "DELETE");

        Assert.Equal(204, answer.Status);
        await visit.Page.WaitForURLAsync("**/overview");
        (await product.Administrator.Get("/api/v1/chargers/goes")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_may_not_configure_is_offered_nothing_of_it()
    {
        await using var visit = await product.Visit("/t/default/chargers/DEMO002", user: "operator");
        await visit.Connector("DEMO002/1").WaitForAsync();

        Assert.Equal(0, await visit.Button("Edit", "").CountAsync());
        Assert.Equal(0, await visit.Button("Delete", "").CountAsync());
    }

    private static Task Gone(Visit visit) => visit.Dialog.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
}
