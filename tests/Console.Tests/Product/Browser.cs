using Microsoft.Playwright;

namespace EvCharge.ConsoleTests.Product;

/// <summary>A Chromium of the system, with a window for each visit.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>Only what never comes takes that long: other tests have the machine too.</summary>
    private const int MillisecondsOfPatience = 60_000;

    private readonly IPlaywright _driver;
    private readonly IBrowser _browser;

    private Browser(IPlaywright driver, IBrowser browser) => (_driver, _browser) = (driver, browser);

    /// <summary>Null where there is none: the tests are skipped then, and count as failed where they are required.</summary>
    public static async Task<Browser?> Open()
    {
        var program = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? Program;
        if (!File.Exists(program))
        {
            return null;
        }

        Assertions.SetDefaultExpectTimeout(MillisecondsOfPatience);
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
        return new Browser(driver, browser);
    }

    public async Task<IBrowserContext> Window(Look look)
    {
        var window = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = look.French ? "fr-FR" : "en-GB",
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = look.Phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
            AcceptDownloads = true,
        });
        window.SetDefaultTimeout(MillisecondsOfPatience);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _driver.Dispose();
    }
}

/// <summary>How the console is looked at.</summary>
public readonly record struct Look(bool French = false, bool Dark = false, bool Phone = false)
{
    /// <summary>Every way that there is.</summary>
    public static readonly Look[] All =
        [.. from french in (bool[])[false, true] from dark in (bool[])[false, true] from phone in (bool[])[false, true] select new Look(french, dark, phone)];

    /// <summary>Six of the eight ways, in which each two of the three appear together in every form.</summary>
    public static readonly Look[] Pairwise =
    [
        new(false, false, false), new(false, true, true), new(true, false, true), new(true, true, false), new(true, true, true), new(false, false, true),
    ];
}
