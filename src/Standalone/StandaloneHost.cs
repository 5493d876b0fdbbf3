using System.Net;
using EvCharge.Gateway;
using EvCharge.Gateway.Security;
using EvCharge.History;
using EvCharge.History.Mirror;
using EvCharge.History.Secrets;
using EvCharge.Hosting;
using EvCharge.Silo;
using EvCharge.Storage;
using Orleans.Configuration;

namespace EvCharge.Standalone;

/// <summary>Silo and gateway in one process, on the embedded engine or on a database server.</summary>
internal static class StandaloneHost
{
    /// <summary>What the process was asked to do instead of serving, with its exit code; null when it is to serve.</summary>
    public static Task<int>? RunOnce(StandaloneOptions options) => options switch
    {
        { VerifyAudit: true } => AuditVerification.Run(options.Databases.History),
        { Backup: { } target } => Task.FromResult(DataBackup.Write(options.DataFolder, target)),
        { Restore: { } source } => Task.FromResult(DataBackup.Restore(options.DataFolder, source, TimeProvider.System.GetUtcNow())),
        _ => null,
    };

    public static async Task<WebApplication> Build(
        WebApplicationBuilder builder, StandaloneOptions options, DataFolder folder, CancellationToken stop)
    {
        builder.Services.AddEvChargeHistory(history => history.Database = options.Databases.History);
        if (options.Databases.History.Engine == DatabaseEngine.Sqlite)
        {
            builder.Services.AddHistoryMirror(options.Databases.Mirror);
        }

        builder.Services.AddHostedService<FormerConnections>();
        var port = PortClaim.TakeFree(IPAddress.Loopback);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(port.Port, gatewayPort: 0, serviceId: StorageRegistration.ServiceId, clusterId: folder.ClusterId)
            .Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback)
            .AddEvChargeSilo(options.Databases.Orleans));
        builder.Services.AddEvChargeGateway();
        builder.Services.Configure<SecurityOptions>(security =>
            security.AdminPasswordFile ??= Path.Combine(folder.Path, SecurityOptions.AdminPasswordFileName));
        builder.Services.Configure<SecretsOptions>(secrets => secrets.KeyFile ??= secrets.Key is null ? folder.SecretsKeyFile() : null);
        if (options.Demo)
        {
            builder.Services.AddHostedService<DemoFleet>();
        }

        var app = builder.Build();
        app.Lifetime.ApplicationStopped.Register(port.Dispose);
        await Installation.Migrate(options.Databases, app.Services.GetRequiredService<ILoggerFactory>(), stop);
        app.MapEvChargeGateway();
        return app;
    }
}
