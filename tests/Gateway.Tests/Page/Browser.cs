using Microsoft.Playwright;

namespace EvCharge.GatewayTests.Page;

/// <summary>A Chromium of the system, with one page.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private readonly IPlaywright _driver;
    private readonly IBrowser _browser;

    private Browser(IPlaywright driver, IBrowser browser, IPage page) => (_driver, _browser, Page) = (driver, browser, page);

    public IPage Page { get; }

    /// <summary>Skips the test where there is none.</summary>
    public static async Task<Browser> Open()
    {
        var program = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? Program;
        Assert.SkipUnless(File.Exists(program), $"There is no Chromium at {program}.");
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
        return new Browser(driver, browser, await browser.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _driver.Dispose();
    }
}
