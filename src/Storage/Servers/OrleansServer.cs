using System.Collections.Immutable;
using System.Data.Common;
using EvCharge.Storage.PostgreSql;
using EvCharge.Storage.SqlServer;

namespace EvCharge.Storage.Servers;

/// <summary>
/// A kind of database server as Orleans uses it: its driver, its connections and what is installed there. Each purpose has a
/// pool of connections of its own, bounded so that a server with 100 connections carries a cluster, and a name that the
/// server's list of sessions shows. Who finds no connection waits.
/// </summary>
internal abstract class OrleansServer
{
    private const int ClusterConnections = 4;
    private const int GrainConnections = 20;

    private static readonly OrleansServer PostgreSql = new PostgreSqlServer();
    private static readonly OrleansServer SqlServer = new SqlServerServer();

    /// <summary>The name by which the providers of Orleans know the driver.</summary>
    public abstract string Invariant { get; }

    /// <summary>Keeps others out until the transaction ends.</summary>
    public abstract string TakeLock { get; }

    /// <summary>Makes the table of one row that holds the version of all the others, unless it is there.</summary>
    public abstract string VersionTable { get; }

    public abstract string SetVersion { get; }

    /// <summary>The tables of the first version.</summary>
    public abstract ImmutableArray<string> Tables { get; }

    public abstract string PutQuery { get; }

    /// <summary>
    /// The statements that the providers of Orleans read from the table <c>OrleansQuery</c>, by the providers' names. A name
    /// that is missing fails the start of a silo with a list of what is missing.
    /// </summary>
    public abstract ImmutableArray<(string Key, string Text)> Queries { get; }

    /// <summary>Null for the embedded engine, which is no server.</summary>
    public static OrleansServer? Of(DatabaseEngine engine) => engine switch
    {
        DatabaseEngine.PostgreSql => PostgreSql,
        DatabaseEngine.SqlServer => SqlServer,
        _ => null,
    };

    /// <summary>For membership: a rush of grains that load their states must not keep a silo from saying that it lives.</summary>
    public string ForCluster(string address) => Pool(address, "evcharge-cluster", ClusterConnections);

    /// <summary>For grain states and reminders.</summary>
    public string ForGrains(string address) => Pool(address, "evcharge-grains", GrainConnections);

    /// <summary>For one visit.</summary>
    public abstract DbConnection Once(string address);

    protected abstract string Pool(string address, string name, int connections);
}
