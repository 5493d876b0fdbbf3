using EvCharge.History;
using EvCharge.Hosting;
using EvCharge.Storage;
using Orleans.Configuration;

namespace EvCharge.Silo;

/// <summary>A silo of a cluster as a process of its own.</summary>
internal static class SiloHost
{
    public static WebApplication Build(WebApplicationBuilder builder, SiloOptions options, SiloPorts ports)
    {
        var databases = options.Cluster.Databases;
        builder.Services.AddEvChargeHistory(history => history.Database = databases.History);
        builder.UseOrleans(silo => silo
            .UseEvChargeClustering(databases.Orleans, options.Cluster.ClusterId)
            .Configure<ClusterMembershipOptions>(Tune)
            .Configure<SiloMessagingOptions>(Tune)
            .Configure<EndpointOptions>(endpoint =>
            {
                endpoint.AdvertisedIPAddress = options.Address ?? endpoint.AdvertisedIPAddress;
                endpoint.SiloPort = ports.Silo;
                endpoint.GatewayPort = ports.Client;
            })
            .AddEvChargeSilo(databases.Orleans));
        builder.Services.AddEvChargeHealth().AddDependency<ClusterJoined>("cluster");
        builder.Services.AddEvChargeMetrics();

        var app = builder.Build();
        app.MapEvChargeHealth();
        app.MapEvChargeMetrics();
        return app;
    }

    /// <summary>What the process was asked to do instead of serving, with its exit code; null when it is to serve.</summary>
    public static Task<int>? RunOnce(WebApplicationBuilder builder, SiloOptions options) => options switch
    {
        { Migrate: true } => ProcessRun.Run(stop => Migrate(builder, options, stop)),
        { VerifyAudit: true } => AuditVerification.Run(options.Cluster.Databases.History),
        _ => null,
    };

    private static async Task Migrate(WebApplicationBuilder builder, SiloOptions options, CancellationToken stop)
    {
        await using var app = builder.Build();
        await Installation.Migrate(options.Cluster.Databases, app.Services.GetRequiredService<ILoggerFactory>(), stop);
    }

    /// <summary>
    /// A silo that died is noticed after some seconds; and after a power cut the rows of all the dead are passed over as
    /// soon as their signs of life are three periods old, instead of minutes.
    /// </summary>
    private static void Tune(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }
    /// <summary>
    /// Silos that come back at the address of their dead lose what is under way between them when these are struck off: Orleans
    /// closes the connection that both names share, and tells no sender. A grain that was being registered just then would keep
    /// its charger waiting for the whole of the standard 30 s.
    /// </summary>
    private static void Tune(SiloMessagingOptions messaging) => messaging.SystemResponseTimeout = TimeSpan.FromSeconds(5);
}
