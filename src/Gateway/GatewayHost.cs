using EvCharge.Gateway.Security;
using EvCharge.History;
using EvCharge.Hosting;
using EvCharge.Storage;
using Orleans.Dashboard;

namespace EvCharge.Gateway;

/// <summary>A gateway of a cluster as a process of its own: a client of its silos.</summary>
internal static class GatewayHost
{
    /// <summary>How old the list of silos to connect to may be.</summary>
    private static readonly TimeSpan ListRefresh = TimeSpan.FromSeconds(5);

    public static WebApplication Build(WebApplicationBuilder builder, GatewayOptions options)
    {
        var databases = options.Cluster.Databases;
        builder.Services.AddEvChargeHistory(history => history.Database = databases.History);
        builder.UseOrleansClient(client =>
        {
            client.UseEvChargeClustering(databases.Orleans, options.Cluster.ClusterId);
            client.Configure<Orleans.Configuration.GatewayOptions>(silos => silos.GatewayListRefreshPeriod = ListRefresh);
            client.UseConnectionRetryFilter<AwaitSilos>();
            if (Telemetry.IsExported(builder.Configuration))
            {
                client.AddActivityPropagation();
            }

            if (OrleansDashboard.IsWanted(builder.Configuration))
            {
                client.AddDashboard();
            }
        });

        // It warns every few seconds that there is no silo, which AwaitSilos says once and the health of the gateway always.
        builder.Logging.AddFilter("Orleans.Messaging.GatewayManager", LogLevel.Error);
        builder.Services.AddEvChargeGateway(options.Roles);
        if (options.DataFolder is { } folder)
        {
            builder.Services.Configure<SecurityOptions>(security =>
                security.AdminPasswordFile ??= Path.Combine(folder, SecurityOptions.AdminPasswordFileName));
        }

        var app = builder.Build();
        app.MapEvChargeGateway(options.Roles);
        return app;
    }
}
