using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
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

    private static string Code(string secret, int steps) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().AddSeconds(30 * steps).UtcDateTime);
}
