using EvCharge.Hosting;
using EvCharge.Standalone;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>A standalone installation of a test's own, with settings of its own, that can be stopped and started on its data.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("evcharge-installation-").FullName;
    private readonly string[] _settings;
    private DataFolder? _folder;
    private WebApplication? _app;

    private Installation(string[] settings) => _settings = settings;

    public IServiceProvider Services => _app!.Services;

    public Uri Address => new(_app!.Urls.First());

    public Records Records => new(Services);

    /// <param name="settings">As on the command line, <c>--Ocpp:PingSeconds=1</c>.</param>
    public static async Task<Installation> Start(params string[] settings)
    {
        var installation = new Installation(settings);
        await installation.Start();
        return installation;
    }

    public async Task Start()
    {
        string[] arguments =
        [
            "--data", _data, "--urls", "http://127.0.0.1:0", "--EVCHARGE_ADMIN_PASSWORD=correct horse battery",
            "--Logging:Console:LogLevel:Default=None", .. _settings,
        ];
        var line = StandaloneOptions.ReadLine(arguments, out var problem);
        Assert.Null(problem);
        var builder = ProcessSettings.CreateBuilder(line!, StandaloneOptions.DefaultUrl);
        var options = StandaloneOptions.Read(line!, builder.Configuration, out problem);
        Assert.Null(problem);
        _folder = DataFolder.TryOpen(options!.DataFolder);
        _app = await StandaloneHost.Build(builder, options, _folder!, TestContext.Current.CancellationToken);
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Stops as on SIGTERM.</summary>
    public async Task Stop()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            _folder?.Dispose();
        }
    }

    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_data, recursive: true);
    }
}
