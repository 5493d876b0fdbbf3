using Npgsql;

namespace EvCharge.Storage.PostgreSql;

/// <summary>
/// How Orleans connects to PostgreSQL. Each purpose has a pool of its own, bounded so that a server with its default of 100
/// connections carries a cluster, and a name that the server's list of sessions shows. Who finds no connection waits.
/// </summary>
internal static class OrleansConnections
{
    private const int Cluster = 4;
    private const int Grains = 20;

    /// <summary>For membership: a rush of grains that load their states must not keep a silo from saying that it lives.</summary>
    public static string ForCluster(string address) => Pool(address, "evcharge-cluster", Cluster);

    /// <summary>For grain states and reminders.</summary>
    public static string ForGrains(string address) => Pool(address, "evcharge-grains", Grains);

    /// <summary>For one visit.</summary>
    public static NpgsqlConnection Once(string address) =>
        new(new NpgsqlConnectionStringBuilder(address) { Pooling = false, ApplicationName = "evcharge-schema" }.ToString());

    private static string Pool(string address, string name, int connections) => new NpgsqlConnectionStringBuilder(address)
    {
        ApplicationName = name,
        MaxPoolSize = connections,
        MinPoolSize = 0,
    }.ToString();
}
