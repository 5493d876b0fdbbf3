using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Testcontainers.MsSql;

namespace EvCharge.Servers;

/// <summary>
/// A SQL Server for tests: the one that <c>EVCHARGE_TEST_SQLSERVER</c> says how to reach, by a login that may make
/// databases, or one in a container where an engine for containers runs.
/// </summary>
public sealed class SqlServerInstance
{
    public const string ConnectionKey = "EVCHARGE_TEST_SQLSERVER";

    private const string Image = "mcr.microsoft.com/mssql/server:2022-latest";

    private static readonly Lazy<Task<SqlServerInstance?>> OfProcess = new(Find);

    private readonly string _address;
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly ConcurrentBag<string> _made = [];
    private int _databases;

    private SqlServerInstance(string address) => _address = address;

    /// <summary>One for all tests of this process; null when there is none.</summary>
    public static Task<SqlServerInstance?> Shared() => OfProcess.Value;

    /// <summary>Makes an empty database, with readers that wait for nobody. It ends with this process.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"evcharge_test_{_run}_{Interlocked.Increment(ref _databases)}");
        await Execute($"CREATE DATABASE [{name}]");
        _made.Add(name);
        await Execute($"ALTER DATABASE [{name}] SET READ_COMMITTED_SNAPSHOT ON");
        return new SqlConnectionStringBuilder(_address) { InitialCatalog = name }.ToString();
    }

    private static async Task<SqlServerInstance?> Find()
    {
        if (Environment.GetEnvironmentVariable(ConnectionKey) is { Length: > 0 } address)
        {
            var given = new SqlServerInstance(address);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => given.DropAll().GetAwaiter().GetResult();
            return given;
        }

        if (!ContainersRun())
        {
            return null;
        }

        var container = new MsSqlBuilder(Image).Build();
        await container.StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => container.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return new SqlServerInstance(container.GetConnectionString());
    }

    private static bool ContainersRun() =>
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } || File.Exists("/var/run/docker.sock");

    private async Task DropAll()
    {
        SqlConnection.ClearAllPools();
        foreach (var name in _made)
        {
            await Execute($"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]");
        }
    }

    private async Task Execute(string sql)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(_address) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names cannot be parameters; each is this class's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
