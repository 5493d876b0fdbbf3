using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EvCharge.GatewayTests.Api;

/// <summary>The API alone on a database in a given folder: its silos are gone.</summary>
internal sealed class DetachedGateway : IAsyncDisposable
{
    private readonly WebApplication app;

    private DetachedGateway(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public IServiceProvider Services => app.Services;

    public static async Task<DetachedGateway> Start(
        string folder, Action<SecurityOptions>? configure = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddEvChargeHistory(history => history.Database = DatabaseLocation.Folder(folder));
        builder.Services.AddSingleton(NoGrains.Factory());
        builder.Services.AddEvChargeApi(configure);
        var app = builder.Build();
        await MigrationsRunner.Run(
            app.Services.GetRequiredService<IOptions<HistoryOptions>>().Value, app.Services.GetRequiredService<ILoggerFactory>());
        app.MapEvChargeApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new DetachedGateway(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
