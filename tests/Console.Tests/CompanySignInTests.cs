using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.OpenId;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>People of a company sign in by its own provider, in a real browser.</summary>
public sealed class CompanySignInTests(RunningProduct product, CompanyProvider company) : IClassFixture<CompanyProvider>
{
    [Fact]
    public async Task A_provider_is_configured_and_lets_its_people_in()
    {
        (await product.Administrator.Put("/api/v1/tenants/company", new { })).Expect(HttpStatusCode.Created);
        await Configure();
        await using var window = await product.Browser.Window(default);
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(product.Address, "/t/company/account").ToString());
        var button = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in with The Company" });

        await button.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("did not let you in", new LocatorAssertionsToContainTextOptions { Timeout = 60_000 });
        Assert.DoesNotContain("signIn", page.Url, StringComparison.Ordinal);

        company.Sitting = new Person("7", "ann@company.example", "depot");
        await button.ClickAsync();
        await page.Locator("[data-session]").WaitForAsync();
        Assert.EndsWith("/t/company/account", page.Url, StringComparison.Ordinal);

        await using var visit = await product.Visit("/t/company/users");
        await visit.Thing("ann@company.example").GetByText("Operator").WaitForAsync();
        await visit.Thing("ann@company.example").GetByText("company", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        visit.HasNoComplaints();
    }

    private async Task Configure()
    {
        await using var visit = await product.Visit("/t/company/identity-providers");
        await visit.Page.GetByText("Everybody signs in with a password.").WaitForAsync();
        await visit.Button("Add a provider", "").ClickAsync();
        await visit.Field("provider").FillAsync("company");
        await visit.Field("name").FillAsync("The Company");
        await visit.Field("issuer").FillAsync("http://login.company.example");
        await visit.Field("clientId").FillAsync(CompanyProvider.ClientId);
        await visit.Save();
        await visit.Dialog.GetByText("must be https").WaitForAsync();
        await visit.Field("issuer").FillAsync(company.Issuer);
        await visit.Field("clientSecret").FillAsync(CompanyProvider.Secret);
        await visit.Field("roleClaim").FillAsync("groups");
        await Visit.Press(visit.Dialog, "Add a value");
        await visit.Field("value-0").FillAsync("depot");
        await visit.Field("role-0").SelectOptionAsync("operator");
        await visit.Dialog.GetByText($"{product.Address.GetLeftPart(UriPartial.Authority)}/api/v1/auth/openid/company/company/callback").WaitForAsync();
        await visit.IsSound();
        await visit.Save();
        await visit.Thing("company").GetByText(company.Issuer).WaitForAsync();

        await Visit.Press(visit.Thing("company"), "Edit");
        Assert.Equal("depot", await visit.Field("value-0").InputValueAsync());
        await visit.Save();
        await visit.Dialog.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        var kept = (await product.Administrator.With("X-Tenant", "company").Get("/api/v1/identity-providers/company")).Body;
        Assert.True(kept.GetProperty("hasSecret").GetBoolean());
        visit.HasNoComplaints();
    }
}
