using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>Tags, vehicles and reservations before a screen.</summary>
public sealed class PeopleTests(RunningProduct product)
{
    [Fact]
    public async Task A_tag_is_made_blocked_and_deleted()
    {
        await using var visit = await product.Visit("/t/default/tags");
        await visit.Button("Add a tag", "").ClickAsync();
        await visit.Field("idTag").FillAsync("FAY");
        await visit.Field("priority").FillAsync("12");
        await visit.Save();
        await visit.Dialog.GetByText("must be 0 to 9").WaitForAsync();
        await visit.IsSound();
        await visit.Field("priority").FillAsync("9");
        await visit.Field("departure").FillAsync("07:30");
        await visit.Save();
        await visit.Thing("FAY").GetByText("accepted").WaitForAsync();

        await Visit.Press(visit.Thing("FAY"), "Edit");
        await visit.Field("status").SelectOptionAsync("Blocked");
        await visit.Save();
        await visit.Thing("FAY").GetByText("blocked").WaitForAsync();
        var tag = (await product.Administrator.Get("/api/v1/tags/FAY")).Body;
        Assert.Equal(("Blocked", 9, "07:30"), (tag.GetProperty("status").GetString(), tag.GetProperty("priority").GetInt32(), tag.GetProperty("departure").GetString()));

        await visit.Delete("FAY");
        (await product.Administrator.Get("/api/v1/tags/FAY")).Expect(HttpStatusCode.NotFound);
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task Tags_of_a_file_are_looked_at_before_they_are_taken()
    {
        (await product.Administrator.Put("/api/v1/tags/FILED", new { })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/tags");
        await visit.Button("Import", "").ClickAsync();
        await Choose(visit, """{"idTag":"FILED","status":"Wrong"}""");
        await Visit.Press(visit.Dialog, "Show what changes");
        await visit.Dialog.GetByText("lines[1].status").WaitForAsync();
        await Choose(visit, """
            {"idTag":"FILED","status":"Blocked"}
            {"idTag":"FILED-2"}
            """);
        await Visit.Press(visit.Dialog, "Show what changes");
        await visit.Dialog.GetByText("1 new, 1 changed, 0 as they are").WaitForAsync();
        await visit.Dialog.GetByText("status: Accepted → Blocked").WaitForAsync();
        (await product.Administrator.Get("/api/v1/tags/FILED-2")).Expect(HttpStatusCode.NotFound);
        await Visit.Press(visit.Dialog, "Import");

        await visit.Thing("FILED-2").WaitForAsync();
        Assert.Equal("Blocked", (await product.Administrator.Get("/api/v1/tags/FILED")).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_vehicle_brings_its_tags_with_it()
    {
        (await product.Administrator.Put("/api/v1/tags/OF-BUS", new { })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/vehicles");
        await visit.Button("Add a vehicle", "").ClickAsync();
        await visit.Field("vehicle").FillAsync("bus-1");
        await visit.Field("name").FillAsync("Bus 1");
        await visit.Field("tags").FillAsync("OF-BUS");
        await visit.Save();

        await visit.Thing("bus-1").GetByText("OF-BUS").WaitForAsync();
        Assert.Equal("bus-1", (await product.Administrator.Get("/api/v1/tags/OF-BUS")).Body.GetProperty("vehicle").GetString());
    }

    [Fact]
    public async Task Who_may_only_read_tags_is_offered_no_change()
    {
        await using var visit = await product.Visit("/t/default/tags", user: "guest");
        await visit.Thing("DEMO-ANNA").WaitForAsync();

        Assert.Equal(0, await visit.Button("Add a tag", "").CountAsync());
        Assert.Equal(0, await visit.Thing("DEMO-ANNA").GetByRole(AriaRole.Button).CountAsync());
    }

    [Fact]
    public async Task A_reservation_is_held_when_the_charger_says_so_and_not_before()
    {
        (await product.Administrator.Put("/api/v1/chargers/holds", new { })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Connect(product.Address, "holds");
        await using var visit = await product.Visit("/t/default/reservations?charger=holds", user: "operator");
        await visit.Button("Reserve a connector", "").ClickAsync();
        await visit.Field("connector").FillAsync("5");
        await visit.Field("idTag").FillAsync("DEMO-ANNA");
        await visit.Save();
        await visit.Dialog.GetByText("is no connector of the charger").WaitForAsync();
        await visit.IsSound();
        await visit.Field("connector").FillAsync("1");
        await visit.Save();
        await visit.Page.Locator("[data-reservation][data-status=requested]").GetByText("charger has not answered yet").WaitForAsync();
        await charger.Answer((await charger.NextCall()).Id, """{"status":"Accepted"}""");
        await visit.Page.Locator("[data-reservation][data-status=accepted]").WaitForAsync();
        await visit.Page.Locator(".timeline-open[data-bar]").GetByText("DEMO-ANNA").WaitForAsync();
        await visit.IsSound();

        await visit.Button("Cancel", "").ClickAsync();
        await visit.Page.GetByText("is being cancelled").WaitForAsync();
        await charger.Answer((await charger.NextCall()).Id, """{"status":"Accepted"}""");
        await visit.Page.Locator("[data-reservation][data-status=cancelled]").WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator(".timeline-open").CountAsync());
        visit.HasNoComplaints();
    }

    private static Task Choose(Visit visit, string content) => visit.Page.Locator("input[type=file]").SetInputFilesAsync(
        new FilePayload { Name = "tags.ndjson", MimeType = "application/x-ndjson", Buffer = System.Text.Encoding.UTF8.GetBytes(content) });
}
