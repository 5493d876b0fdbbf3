using System.Diagnostics;
using System.Net;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;
using EvCharge.Servers;

[assembly: AssemblyFixture(typeof(RunningProduct))]

namespace EvCharge.ConsoleTests.Product;

/// <summary>
/// The built program with its demonstration, as a newcomer starts it, and a browser before it: one for all tests. Chargers that a
/// test needs beside those of the demonstration it makes known by <see cref="Administrator"/>.
/// </summary>
public sealed class RunningProduct : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    /// <summary>A charger may take so long to answer, so that a silent one is found out soon.</summary>
    public const int CommandTimeoutSeconds = 2;

    private readonly string _data = Directory.CreateTempSubdirectory("evcharge-console-").FullName;
    private readonly Process _process = new();
    private Browser? _browser;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Draw()}");

    public ApiClient Administrator { get; private set; } = null!;

    public Browser Browser
    {
        get
        {
            Assert.SkipUnless(_browser is not null, "There is no Chromium.");
            return _browser!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        _process.StartInfo = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "EvCharge.Standalone.dll"), "--demo", "--urls", Address.GetLeftPart(UriPartial.Authority), "--data", _data,
            $"--Chargers:CommandTimeoutSeconds={CommandTimeoutSeconds}", "--Live:PeriodSeconds=0.5", "--Outgoing:HttpOnLoopback=true",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["EVCHARGE_ADMIN_PASSWORD"] = Password, ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false" },
        };
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        await Eventually.Holds(IsReady);
        Administrator = await SignIn("admin");
        foreach (var role in (string[])["operator", "guest"])
        {
            (await Administrator.Put($"/api/v1/users/{role}", new { role, password = Password })).Expect(HttpStatusCode.Created);
        }

        await Eventually.Holds(async () => (await Administrator.Get("/api/v1/transactions?active=true")).Body.GetProperty("items").GetArrayLength() > 0);
        _browser = await Browser.Open();
    }

    /// <summary>A browser window at an address of the console, after its user has signed in.</summary>
    /// <param name="through">Where the browser finds the product, if not at its own address.</param>
    public async Task<Visit> Visit(string path, Look look = default, string user = "admin", Uri? through = null) =>
        await Product.Visit.Begin(Browser, new Uri(through ?? Address, path), look, user);

    public async Task<ApiClient> SignIn(string user)
    {
        var token = (await new ApiClient(Address).Post("/api/v1/auth/token", new { username = user, password = Password })).Expect(HttpStatusCode.OK);
        return new ApiClient(Address).With("Authorization", $"Bearer {token.Body.GetProperty("accessToken").GetString()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<bool> IsReady()
    {
        Assert.False(_process.HasExited, "The product ended before it was ready.");
        try
        {
            return (await new ApiClient(Address).Get("/health/ready")).Status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
