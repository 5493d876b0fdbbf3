using System.Net;
using EvCharge.Gateway;
using EvCharge.Gateway.Security;
using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.Silo;
using EvCharge.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace EvCharge.Standalone;

/// <summary>Silo and gateway in one process on the embedded engine.</summary>
internal static class StandaloneHost
{
    public static async Task<WebApplication> Build(StandaloneOptions options, DataFolder folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = options.Rest });
        builder.Configuration.AddJsonFile("evcharge.json", optional: true, reloadOnChange: false);
        builder.Configuration.AddEnvironmentVariables().AddCommandLine(options.Rest);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            builder.WebHost.UseUrls(StandaloneOptions.DefaultUrl);
        }

        foreach (var chatty in (string[])["FluentMigrator", "Microsoft", "Orleans", "Polly"])
        {
            builder.Logging.AddFilter(chatty, LogLevel.Warning);
        }


        builder.Services.AddEvChargeHistory(history => history.Database = DatabaseLocation.Folder(folder.Path));
        builder.Services.AddHostedService<FormerConnections>();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(DataFolder.FreePort(), gatewayPort: 0, serviceId: "evcharge", clusterId: folder.ClusterId)
            .Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback)
            .AddEvChargeSilo(folder.Path));
        builder.Services.AddEvChargeGateway();
        builder.Services.Configure<SecurityOptions>(security =>
            security.AdminPasswordFile ??= Path.Combine(folder.Path, "admin-password.txt"));
        if (options.Demo)
        {
            builder.Services.AddHostedService<DemoFleet>();
        }

        var app = builder.Build();
        await MigrationsRunner.Run(
            app.Services.GetRequiredService<IOptions<HistoryOptions>>().Value,
            app.Services.GetRequiredService<ILoggerFactory>());
        app.MapEvChargeGateway();
        return app;
    }
}
