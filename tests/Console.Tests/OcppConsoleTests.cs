using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>Any operation to a charger, by a form or by hand, and the messages as they went over the wire.</summary>
public sealed class OcppConsoleTests(RunningProduct product)
{
    [Fact]
    public async Task A_form_sends_what_was_put_in_and_shows_the_charger_s_answer_beside_it()
    {
        await using var charger = await Charger("formed");
        await using var visit = await product.Visit("/t/default/console?charger=formed&action=ChangeConfiguration");
        await visit.Page.GetByLabel("key *").FillAsync(new string('k', 51));
        await visit.Page.GetByText("must be 50 characters at most").WaitForAsync();
        await Assertions.Expect(visit.Button("Send", "")).ToBeDisabledAsync();

        await visit.Page.GetByLabel("key *").FillAsync("HeartbeatInterval");
        await visit.Page.GetByLabel("value *").FillAsync("60");
        await visit.Button("Send", "").ClickAsync();

        var call = await charger.NextCall();
        Assert.Equal(("ChangeConfiguration", "60"), (call.Action, call.Payload.GetProperty("value").GetString()));
        await visit.Page.Locator("[data-status=sent]").WaitForAsync();
        await charger.Answer(call.Id, """{"status":"RebootRequired"}""");
        await visit.Page.Locator("[data-status=answered]").GetByText("RebootRequired").WaitForAsync();
        await visit.IsSound();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task What_is_written_by_hand_is_checked_before_it_is_sent()
    {
        await using var charger = await Charger("written");
        await using var visit = await product.Visit("/t/default/console?charger=written&action=SetChargingProfile", user: "operator");
        await visit.Page.GetByText("JSON", new PageGetByTextOptions { Exact = true }).First.ClickAsync();
        var text = visit.Page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "JSON" });
        Assert.Contains("csChargingProfiles", await text.InputValueAsync(), StringComparison.Ordinal);

        await text.FillAsync("{");
        await visit.Page.GetByText("This is no JSON object.").WaitForAsync();
        await text.FillAsync("""{"connectorId":0,"colour":"red"}""");
        await visit.Page.GetByText("csChargingProfiles is needed").WaitForAsync();
        await visit.Page.GetByText("colour is not known here").WaitForAsync();
        await Assertions.Expect(visit.Button("Send", "")).ToBeDisabledAsync();

        await text.FillAsync("""
            {"connectorId":1,"csChargingProfiles":{"chargingProfileId":9,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile",
            "chargingProfileKind":"Absolute","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":8.5}]}}}
            """);
        await visit.Button("Send", "").ClickAsync();

        var call = await charger.NextCall();
        Assert.Equal(9, call.Payload.GetProperty("csChargingProfiles").GetProperty("chargingProfileId").GetInt32());
        await charger.Answer(call.Id, """{"status":"NotSupported"}""");
        await visit.Page.Locator("[data-status=answered]").GetByText("NotSupported").WaitForAsync();
    }

    [Fact]
    public async Task An_operator_is_offered_the_operations_of_daily_work_alone()
    {
        await using var charger = await Charger("offered");
        await using var visit = await product.Visit("/t/default/console?charger=offered&action=UpdateFirmware", user: "operator");
        await visit.Page.GetByLabel("Operation").First.ClickAsync();

        await visit.Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = "UnlockConnector" }).WaitForAsync();
        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = "UpdateFirmware" }).CountAsync());
        Assert.Equal(0, await visit.Button("Send", "").CountAsync());
    }

    [Fact]
    public async Task The_log_shows_messages_as_they_were_sent()
    {
        await using var charger = await Charger("logged");
        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Reserved","info":"<b>as sent</b>"}""");
        await using var visit = await product.Visit("/t/default/frames?charger=logged&action=StatusNotification&direction=in");

        await visit.Page.GetByText("<b>as sent</b>").WaitForAsync();
        Assert.Equal(1, await visit.Page.Locator("[data-direction]").CountAsync());
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_message_is_looked_at_member_by_member_and_beside_the_one_before()
    {
        await using var charger = await Charger("compared");
        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        await charger.Call("Heartbeat", "{}");
        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"GroundFailure","status":"Faulted","info":"<img onerror=1>"}""");
        await using var visit = await product.Visit("/t/default/frames?charger=compared&direction=in&action=StatusNotification");
        var newest = visit.Page.Locator("[data-direction]").First;
        await newest.GetByText("GroundFailure").WaitForAsync();
        await Visit.Press(newest, "Look closer");
        await newest.Locator(".json-tree").GetByText("\"GroundFailure\"").WaitForAsync();
        await visit.IsSound();
        await newest.GetByText("Beside the one before").ClickAsync();
        await newest.Locator("[data-path=status]").WaitForAsync();
        Assert.Equal("\"Available\"|\"Faulted\"", string.Join('|', await newest.Locator("[data-path=status] code").AllInnerTextsAsync()));
        Assert.Equal("—|\"<img onerror=1>\"", string.Join('|', await newest.Locator("[data-path=info] code").AllInnerTextsAsync()));
        Assert.Equal(0, await newest.Locator("[data-path=connectorId]").CountAsync());
        await visit.IsSound();

        var oldest = visit.Page.Locator("[data-direction]").Last;
        await Visit.Press(oldest, "Look closer");
        await oldest.GetByText("Beside the one before").ClickAsync();
        await oldest.GetByText("None of its kind is kept from before.").WaitForAsync();
        visit.HasNoComplaints();
    }

    private async Task<WireCharger> Charger(string name)
    {
        (await product.Administrator.Put($"/api/v1/chargers/{name}", new { frameLog = "full" })).Expect(HttpStatusCode.Created);
        return await WireCharger.Connect(product.Address, name);
    }
}
