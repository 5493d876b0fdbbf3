using System.Net;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Page;

/// <summary>What chargers and operators name things is seen in the browser as they wrote it.</summary>
[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class StoredMarkupTests
{
    private const string Short = "<img src onerror=a>";
    private const string Long = "<img src=x onerror=\"document.title='broken into'\"><script>document.title='broken into'</script>";

    [Trait("attack", "stored-markup")]
    [Fact]
    public async Task Markup_in_what_chargers_and_operators_say_is_shown_as_text_and_does_nothing()
    {
        await using var installation = await Installation.Start();
        await using var browser = await Browser.Open();
        var api = new ApiClient(installation.Address);
        var token = (await api.Post("/api/v1/auth/token", new { username = "admin", password = Installation.AdminPassword })).Body.GetProperty("accessToken").GetString();
        api = api.With("Authorization", $"Bearer {token}");
        (await api.Put("/api/v1/sites/s", new { name = Long })).Expect(HttpStatusCode.Created);
        (await api.Put("/api/v1/chargers/CP", new { site = "s" })).Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/tags/{Uri.EscapeDataString(Short)}", new { })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Open(installation.Address, "/ocpp/CP", null, "ocpp1.6");
        await charger.Call("BootNotification", $$"""{"chargePointVendor":"{{Short}}","chargePointModel":"{{Short}}","firmwareVersion":"{{Short}}"}""");
        await charger.Call("StatusNotification", $$"""{"connectorId":1,"errorCode":"OtherError","status":"Faulted","info":"{{Short}}","vendorErrorCode":"{{Short}}"}""");
        await charger.Call("StartTransaction", Transactions.Start(Transactions.Stamp(0), Short));

        var (page, problems) = (browser.Page, new List<string>());
        page.Console += (_, message) => problems.Add(message.Type == "error" ? message.Text : "");
        page.PageError += (_, fault) => problems.Add(fault);
        await page.GotoAsync(installation.Address.ToString());
        await page.Locator("input[name=username]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Installation.AdminPassword);
        await page.Locator("#login-form button").First.ClickAsync();
        await page.GetByText(Long).First.WaitForAsync();
        await page.GetByText(Short).First.WaitForAsync();

        Assert.NotEqual("broken into", await page.TitleAsync());
        Assert.Equal(0, await page.Locator("img[src=x], #board img").CountAsync());
        Assert.True(await page.GetByText(Short).CountAsync() >= 2, "the vendor and the tag are shown");

        // The answer to whoever is not signed in yet is an error to the browser.
        Assert.DoesNotContain(problems, problem => problem.Length > 0 && !problem.Contains("401", StringComparison.Ordinal));
        Assert.Contains("script-src", await ScriptIsBarred(page), StringComparison.Ordinal);
    }

    /// <summary>What the browser says when somebody puts a script into the page all the same.</summary>
    private static Task<string> ScriptIsBarred(Microsoft.Playwright.IPage page) => page.EvaluateAsync<string>("""
        () => new Promise(resolve => {
          document.addEventListener('securitypolicyviolation', seen => resolve(seen.effectiveDirective));
          const script = document.createElement('script');
          script.textContent = 'document.title = "broken into"';
          document.body.append(script);
        })
        """);
}
