using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>What is told to a charger counts as done when the charger has said so, and not before.</summary>
public sealed class CommandTests(RunningProduct product)
{
    [Fact]
    public async Task A_command_is_sent_then_answered_with_the_charger_s_own_answer()
    {
        await New("obeys");
        await using var charger = await WireCharger.Connect(product.Address, "obeys");
        await using var visit = await product.Visit("/t/default/chargers/obeys", user: "operator");
        await visit.Connector("obeys/1").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Unlock" }).ClickAsync();

        var call = await charger.NextCall();
        await Status("sent", visit).WaitForAsync();
        Assert.Equal(0, await Status("answered", visit).CountAsync());
        await charger.Answer(call.Id, """{"status":"UnlockFailed"}""");

        await Status("answered", visit).GetByText("UnlockFailed").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_silent_charger_s_command_is_sent_then_has_no_answer_in_time_and_then_a_late_one()
    {
        await New("silent");
        await using var charger = await WireCharger.Connect(product.Address, "silent");
        await using var visit = await product.Visit("/t/default/chargers/silent", user: "operator");
        await visit.Button("Restart (soft)", "").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send", Exact = true }).ClickAsync();

        var call = await charger.NextCall();
        await Status("sent", visit).WaitForAsync();
        await Status("timeout", visit).GetByText("no answer in time").WaitForAsync();
        Assert.Equal(0, await Status("answered", visit).CountAsync());
        await charger.Answer(call.Id, """{"status":"Accepted"}""");

        await visit.Page.Locator("[data-command]").GetByText("answered late").WaitForAsync();
    }

    [Fact]
    public async Task What_ends_sessions_is_asked_for_once_more_and_can_be_taken_back()
    {
        await New("asked");
        await using var charger = await WireCharger.Connect(product.Address, "asked");
        await using var visit = await product.Visit("/t/default/chargers/asked");
        await visit.Button("Restart (hard)", "").ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("ends what charges at asked").WaitForAsync();
        await visit.IsSound();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).Last.ClickAsync();
        await dialog.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });

        Assert.Empty((await product.Administrator.Get("/api/v1/commands?charger=asked")).Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_guest_is_offered_no_commands_and_an_operator_no_hard_restart()
    {
        await New("watched");
        await using var charger = await WireCharger.Connect(product.Address, "watched");
        await using (var guest = await product.Visit("/t/default/chargers/watched", user: "guest"))
        {
            await guest.Page.GetByText("Your role does not allow commands.").WaitForAsync();
            await guest.Connector("watched/1").WaitForAsync();
            Assert.Equal(0, await guest.Button("Unlock", "").CountAsync());
        }

        await using var visit = await product.Visit("/t/default/chargers/watched", user: "operator");
        await visit.Button("Restart (soft)", "").WaitForAsync();
        Assert.Equal(0, await visit.Button("Restart (hard)", "").CountAsync());
    }

    private static ILocator Status(string status, Visit visit) => visit.Page.Locator($"[data-status={status}]");

    private async Task New(string charger) =>
        (await product.Administrator.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
}
