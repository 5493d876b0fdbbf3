using EvCharge.Storage.Servers;
using EvCharge.Storage.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace EvCharge.Storage;

/// <summary>What Orleans keeps, where an installation keeps everything.</summary>
public static class StorageRegistration
{
    /// <summary>One name for all clusters on a database: grain states and reminders outlive the cluster that wrote them.</summary>
    public const string ServiceId = "evcharge";

    /// <summary>Makes the database the default grain storage and the reminder table of a silo. It must have been migrated.</summary>
    public static ISiloBuilder UseEvChargeStorage(this ISiloBuilder silo, DatabaseLocation database) =>
        OrleansServer.Of(database.Engine) is { } server
            ? silo.UseServer(server.Invariant, server.ForGrains(database.Address))
            : silo.UseEvChargeSqlite(options => options.DataFolder = database.Address);

    /// <summary>Lets a silo find its cluster through a database server.</summary>
    public static ISiloBuilder UseEvChargeClustering(this ISiloBuilder silo, DatabaseLocation database, string clusterId)
    {
        var server = ServerOf(database);
        silo.Configure<ClusterOptions>(cluster => Name(cluster, clusterId));
        return silo.UseAdoNetClustering(options =>
        {
            options.Invariant = server.Invariant;
            options.ConnectionString = server.ForCluster(database.Address);
        });
    }

    /// <summary>Lets a client find the silos of a cluster through a database server.</summary>
    public static IClientBuilder UseEvChargeClustering(this IClientBuilder client, DatabaseLocation database, string clusterId)
    {
        var server = ServerOf(database);
        client.Configure<ClusterOptions>(cluster => Name(cluster, clusterId));
        return client.UseAdoNetClustering(options =>
        {
            options.Invariant = server.Invariant;
            options.ConnectionString = server.ForCluster(database.Address);
        });
    }

    private static OrleansServer ServerOf(DatabaseLocation database) => OrleansServer.Of(database.Engine)
        ?? throw new ArgumentException("The processes of a cluster share the database of a server.", nameof(database));

    private static void Name(ClusterOptions cluster, string clusterId)
    {
        cluster.ClusterId = clusterId;
        cluster.ServiceId = ServiceId;
    }

    /// <summary>States are plain JSON: the provider's own format names types, which then could not be renamed.</summary>
    internal static void AddEvChargeStates(this IServiceCollection services)
    {
        services.AddSingleton<SystemTextJsonGrainStorageSerializer>();
        services.AddSingleton<IGrainStorageSerializer>(provider => provider.GetRequiredService<SystemTextJsonGrainStorageSerializer>());
    }

    private static ISiloBuilder UseServer(this ISiloBuilder silo, string invariant, string connection)
    {
        silo.Services.AddEvChargeStates();
        silo.AddAdoNetGrainStorageAsDefault((OptionsBuilder<AdoNetGrainStorageOptions> options) =>
            options.Configure<IGrainStorageSerializer>((storage, serializer) =>
            {
                storage.Invariant = invariant;
                storage.ConnectionString = connection;
                storage.GrainStorageSerializer = serializer;
            }));
        return silo.UseAdoNetReminderService(options =>
        {
            options.Invariant = invariant;
            options.ConnectionString = connection;
        });
    }
}
