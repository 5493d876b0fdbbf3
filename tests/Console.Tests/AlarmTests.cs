using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>What somebody should look at, and what is kept quiet meanwhile.</summary>
public sealed class AlarmTests(RunningProduct product)
{
    private const string Messages = "charger.security.messages";
    private const string Memory = "charger.security.memory";

    [Fact]
    public async Task An_alarm_is_acknowledged_kept_quiet_for_a_while_and_raised_again()
    {
        await using var charger = await Charger("alarmed");
        await Report(charger, "InvalidMessages", "the first");
        await using var visit = await product.Visit("/t/default/alarms?charger=alarmed", user: "operator");
        var alarm = Alarm(visit, Messages);
        await alarm.GetByText("12 · medium").WaitForAsync();
        await alarm.GetByText("Charger got messages that are not valid").WaitForAsync();
        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Charger in maintenance" }).CountAsync());
        await visit.IsSound();
        await Visit.Press(alarm, "Acknowledge");
        await visit.Page.GetByText("Acknowledged: 1").WaitForAsync();
        await Gone(alarm);

        await visit.Page.Locator("main [name=state]").SelectOptionAsync("acknowledged");
        await visit.Button("Filter", "").ClickAsync();
        await visit.Page.Locator($"[data-alarm='{Messages}'][data-state=acknowledged]").GetByText("by operator").WaitForAsync();
        await visit.Page.Locator("main [name=state]").SelectOptionAsync("open");
        await visit.Button("Filter", "").ClickAsync();
        await Gone(alarm);

        await Report(charger, "InvalidMessages", "the second");
        await Report(charger, "MemoryExhaustion", "full");
        await Alarm(visit, Memory).WaitForAsync();
        Assert.Equal(0, await Alarm(visit, Memory).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Inhibit" }).CountAsync()); // of a level that operators do not keep quiet
        await Visit.Press(alarm, "Inhibit");
        await Visit.Press(visit.Dialog, "Inhibit");
        await visit.Dialog.GetByText("is needed").WaitForAsync();
        await visit.Field("until").SelectOptionAsync("24");
        await visit.Field("reason").FillAsync("The vendor knows");
        await visit.IsSound();
        await Visit.Press(visit.Dialog, "Inhibit");
        var quiet = visit.Page.Locator($"[data-suppression='{Messages}']");
        await quiet.GetByText("The vendor knows").WaitForAsync();
        await visit.IsSound();

        await visit.Button("Acknowledge all shown", "").ClickAsync();
        await visit.Page.GetByText("Acknowledged: 2").WaitForAsync();
        await visit.Page.GetByText("No alarm fits.").WaitForAsync();
        await Report(charger, "InvalidMessages", "kept quiet");
        await Report(charger, "MemoryExhaustion", "full again"); // on record after the other, which it shows to be kept quiet
        await Alarm(visit, Memory).WaitForAsync();
        Assert.Equal(0, await alarm.CountAsync());

        await Visit.Press(quiet, "Raise again");
        await Gone(quiet);
        await Report(charger, "InvalidMessages", "loud again");
        await alarm.GetByText("loud again").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_charger_is_put_in_maintenance_which_is_seen_in_french_on_a_phone()
    {
        await using var charger = await Charger("worked-on");
        await Report(charger, "TamperDetectionActivated", "the lid");
        await using var visit = await product.Visit("/t/default/alarms?charger=worked-on");
        await Alarm(visit, "charger.security.tamper").GetByText("24 · urgent").WaitForAsync();
        await visit.Button("Charger in maintenance", "").ClickAsync();
        await visit.Field("charger").FillAsync("nowhere\t");
        await visit.Field("until").SelectOptionAsync("30");
        await visit.Field("reason").FillAsync("A new cable");
        await visit.Save();
        await visit.Dialog.GetByText("must be the name of a charger").WaitForAsync();
        await visit.Field("charger").FillAsync("worked-on");
        await visit.Save();
        var quiet = visit.Page.Locator("[data-suppression=maintenance]", new PageLocatorOptions { HasText = "worked-on" });
        await quiet.GetByText("A new cable").WaitForAsync();

        await using (var french = await product.Visit("/t/default/alarms?charger=worked-on", new Look(French: true, Phone: true), "guest"))
        {
            await Alarm(french, "charger.security.tamper").GetByText("24 · urgent").WaitForAsync();
            await french.Page.GetByText("Borne forcée").WaitForAsync();
            await french.Page.GetByText("A new cable").WaitForAsync();
            Assert.Equal(0, await french.Button("Acknowledge", "Acquitter").CountAsync());
            await french.IsSound();
            french.HasNoComplaints();
        }

        await Visit.Press(quiet, "Raise again");
        await Gone(quiet);
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_user_is_given_levels_which_stay_when_something_else_of_the_user_changes()
    {
        await using var visit = await product.Visit("/t/default/users");
        await visit.Button("Add a user", "").ClickAsync();
        await visit.Field("username").FillAsync("watcher");
        await visit.Field("password").FillAsync(RunningProduct.Password);
        await visit.Field("role").SelectOptionAsync("operator");
        await visit.Field("alarmLevels").SelectOptionAsync("levels");
        await visit.Field("alarmLevels.display").FillAsync("0-30");
        await visit.Dialog.GetByText("must be levels 0 to 29").WaitForAsync();
        Assert.True(await visit.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" }).IsDisabledAsync());
        await visit.IsSound();
        await visit.Field("alarmLevels.display").FillAsync("20, 0-14");
        await visit.Field("alarmLevels.acknowledge").FillAsync("5-9");
        await visit.Save();
        await visit.Thing("watcher").WaitForAsync();

        await Visit.Press(visit.Thing("watcher"), "Edit");
        await Assertions.Expect(visit.Field("alarmLevels.display")).ToHaveValueAsync("0-14, 20");
        await visit.Field("role").SelectOptionAsync("guest");
        await visit.Save();
        await visit.Thing("watcher").GetByText("Guest").WaitForAsync();
        var levels = (await product.Administrator.Get("/api/v1/users/watcher")).Expect(HttpStatusCode.OK).Body.GetProperty("alarmLevels");
        Assert.Equal([.. Enumerable.Range(0, 15), 20], levels.GetProperty("display").EnumerateArray().Select(level => level.GetInt32()));
        Assert.Equal(Enumerable.Range(5, 5), levels.GetProperty("acknowledge").EnumerateArray().Select(level => level.GetInt32()));

        await visit.Delete("watcher");
        visit.HasNoComplaints();
    }

    private static ILocator Alarm(Visit visit, string definition) => visit.Page.Locator($"[data-alarm='{definition}'][data-state=open]");

    private static Task Gone(ILocator of) => of.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

    private static Task Report(WireCharger charger, string type, string detail) =>
        charger.Call("SecurityEventNotification", $$"""{"type":"{{type}}","timestamp":"2026-01-01T00:00:00Z","techInfo":"{{detail}}"}""");

    private async Task<WireCharger> Charger(string name)
    {
        (await product.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        return await WireCharger.Connect(product.Address, name);
    }
}
