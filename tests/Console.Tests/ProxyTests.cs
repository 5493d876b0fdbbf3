using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>The systems that a charger is relayed to.</summary>
public sealed class ProxyTests(RunningProduct product)
{
    [Fact]
    public async Task A_link_is_made_changed_and_deleted_and_tells_why_it_is_not_connected()
    {
        (await product.Administrator.Put("/api/v1/chargers/relayed", new { })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Connect(product.Address, "relayed");
        await using var visit = await product.Visit("/t/default/chargers/relayed/proxy");
        await visit.Page.GetByText("The charger is relayed to no other system.").WaitForAsync();

        await visit.Button("Relay to a system", "").ClickAsync();
        await visit.Dialog.Locator("[name=link]").FillAsync("roaming");
        await visit.Dialog.Locator("[name=url]").FillAsync("https://a.example");
        await Visit.Press(visit.Dialog, "Save");
        await visit.Dialog.GetByText("must be wss").First.WaitForAsync();
        await visit.IsSound();
        await visit.Dialog.Locator("[name=url]").FillAsync("wss://192.168.7.7/ocpp");
        await Visit.Press(visit.Dialog, "Save");

        var card = visit.Page.Locator("[data-link=roaming]");
        await card.GetByText("has no address that may be called").WaitForAsync();
        await card.GetByText("not connected").WaitForAsync();
        await visit.IsSound();

        await Visit.Press(card, "Edit");
        await visit.Dialog.Locator("[name=role]").SelectOptionAsync("authority");
        await visit.Dialog.Locator("[name=stopOnDeny]").SelectOptionAsync("no");
        await Visit.Press(visit.Dialog, "Save");
        await card.GetByText("decides").WaitForAsync();
        var link = (await product.Administrator.Get("/api/v1/chargers/relayed/proxy-links/roaming")).Body;
        Assert.Equal(("authority", false), (link.GetProperty("role").GetString(), link.GetProperty("stopOnDeny").GetBoolean()));

        await Visit.Press(card, "Delete");
        await visit.Page.GetByLabel("Type roaming to confirm").FillAsync("roaming");
        await Visit.Press(visit.Dialog, "Delete");
        await visit.Page.GetByText("The charger is relayed to no other system.").WaitForAsync();
        visit.HasNoComplaints();
    }
}
