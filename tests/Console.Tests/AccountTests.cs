using System.Net;
using System.Text.RegularExpressions;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;
using Microsoft.Playwright;
using OtpNet;

namespace EvCharge.ConsoleTests;

/// <summary>What users settle for themselves.</summary>
public sealed class AccountTests(RunningProduct product)
{
    [Fact]
    public async Task A_second_factor_is_turned_on_asked_for_and_turned_off()
    {
        (await product.Administrator.Put("/api/v1/users/careful", new { role = "guest", password = RunningProduct.Password })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/overview", user: "careful");
        await visit.Button("Account", "").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Account" }).ClickAsync();
        await visit.Button("Turn on", "").ClickAsync();
        await visit.Page.Locator(".qr svg").WaitForAsync();
        await visit.IsSound();
        var secret = await visit.Page.Locator(".narrow-form code").InnerTextAsync();
        await visit.Page.Locator("[name=code]").FillAsync("000000");
        await visit.Button("Confirm", "").ClickAsync();
        await visit.Page.GetByText("does not fit, or was used before").WaitForAsync();
        await visit.Page.Locator("[name=code]").FillAsync(Code(secret, 0));
        await visit.Button("Confirm", "").ClickAsync();
        var recovery = (await visit.Page.Locator(".codes").InnerTextAsync()).Split('\n')[0];
        await visit.Page.GetByText("10 recovery codes are left").WaitForAsync();
        Assert.DoesNotContain(secret, await visit.Page.ContentAsync(), StringComparison.Ordinal);

        var refused = await new ApiClient(product.Address).Post("/api/v1/auth/token", new { username = "careful", password = RunningProduct.Password });
        refused.Expect(HttpStatusCode.Unauthorized);
        (await new ApiClient(product.Address).Post("/api/v1/auth/token", new { username = "careful", password = RunningProduct.Password, code = Code(secret, 1) }))
            .Expect(HttpStatusCode.OK);

        await visit.Page.ReloadAsync();
        await visit.Page.Locator("[name=code]").FillAsync(recovery);
        await visit.Button("Turn off", "").ClickAsync();
        await visit.Page.GetByText("Only the password is asked for.").WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator(".codes").CountAsync());
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_session_that_was_left_open_elsewhere_is_ended_from_here()
    {
        (await product.Administrator.Put("/api/v1/users/forgetful", new { role = "guest", password = RunningProduct.Password })).Expect(HttpStatusCode.Created);
        await using var left = await product.Visit("/t/default/overview", user: "forgetful");
        await left.IsLive();
        await using var visit = await product.Visit("/t/default/account", user: "forgetful");
        await visit.Page.Locator("[data-session=current]").GetByText("this one").WaitForAsync();
        await visit.IsSound();
        await Visit.Press(visit.Page.Locator("[data-session=other]"), "Sign out there");
        await visit.Page.Locator("[data-session=other]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await left.Page.Locator("input[name=username]").WaitForAsync();
        await visit.Page.Locator("[data-session=current]").WaitForAsync();
    }

    [Fact]
    public async Task Moments_are_told_and_taken_in_the_zone_that_a_user_chose_on_every_device()
    {
        (await product.Administrator.Put("/api/v1/users/traveller", new { role = "operator", password = RunningProduct.Password })).Expect(HttpStatusCode.Created);
        (await product.Administrator.Put("/api/v1/chargers/AFAR", new { })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/account", user: "traveller");
        await visit.Page.Locator("[name=timeZone]").SelectOptionAsync("Asia/Dubai");
        await Eventually.Holds(async () =>
            (await (await product.SignIn("traveller")).Get("/api/v1/me/preferences")).Body.GetProperty("timeZone").GetString() == "Asia/Dubai");

        await using var elsewhere = await product.Visit("/t/default/account", user: "traveller");
        var begun = (await (await product.SignIn("traveller")).Get("/api/v1/me/sessions")).Body.GetProperty("items").EnumerateArray()
            .Select(session => session.GetProperty("createdAt").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(4)).ToString("HH:mm", null)).ToList();
        Assert.Equal("Asia/Dubai", await elsewhere.Page.Locator("[name=timeZone]").InputValueAsync());
        var told = await elsewhere.Page.Locator("[data-session=current] td").Nth(1).InnerTextAsync();
        Assert.Contains(begun, minute => told.Contains(minute, StringComparison.Ordinal));

        await elsewhere.Page.GotoAsync(new Uri(product.Address, "/t/default/reservations").ToString());
        await elsewhere.Button("Reserve a connector", "").ClickAsync();
        await elsewhere.Field("charger").FillAsync("AFAR");
        await elsewhere.Field("idTag").FillAsync("DEMO-ANNA");
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        await elsewhere.Field("expiry").FillAsync($"{tomorrow:yyyy-MM-dd}T12:45");
        await elsewhere.Save();
        await elsewhere.Page.Locator("[data-reservation]").GetByText("AFAR").WaitForAsync();
        var kept = (await product.Administrator.Get("/api/v1/reservations?charger=AFAR")).Body.GetProperty("items")[0].GetProperty("expiry").GetDateTimeOffset();
        Assert.Equal($"{tomorrow:yyyy-MM-dd} 08:45", kept.UtcDateTime.ToString("yyyy-MM-dd HH:mm", null));
        visit.HasNoComplaints();
    }

    private static string Code(string secret, int steps) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().AddSeconds(30 * steps).UtcDateTime);

    [Fact]
    public async Task What_connectors_draw_is_told_in_the_unit_that_a_user_prefers()
    {
        (await product.Administrator.Put("/api/v1/users/electrician", new { role = "guest", password = RunningProduct.Password })).Expect(HttpStatusCode.Created);
        await using var visit = await product.Visit("/t/default/account", user: "electrician");
        await visit.Page.Locator("[name=powerUnit]").SelectOptionAsync("A");
        await Eventually.Holds(async () =>
            (await (await product.SignIn("electrician")).Get("/api/v1/me/preferences")).Body.GetProperty("powerUnit").GetString() == "A");

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/sites/default?view=tiles").ToString());
        await visit.Page.Locator("[data-connector] .numbers").Filter(new() { HasTextRegex = new Regex(@"\d\sA ·") }).First.WaitForAsync();
        visit.HasNoComplaints();
    }
}
