using System.Collections.Concurrent;
using System.Data.Common;
using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.Servers;
using EvCharge.Storage;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EvCharge.HistoryTests;

/// <summary>
/// The engine that the tests run on, named by <c>EVCHARGE_TEST_DB</c>: sqlite, which is the default, postgresql or sqlserver.
/// A test that is about one of them has the trait <see cref="Trait"/>, and the runs of the others leave it out.
/// </summary>
public static class TestEngine
{
    /// <summary>The name of the trait; its value is the engine's name.</summary>
    public const string Trait = "engine";

    public const string Sqlite = "sqlite";
    public const string PostgreSql = "postgresql";
    public const string SqlServer = "sqlserver";

    /// <summary>The trait's value for what is about several processes on a database.</summary>
    public const string AnyServer = "server";

    /// <summary>A database fresh from the migrations, made once and copied for each test.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<DatabaseLocation>>> Templates = new();

    public static string Name { get; } = Environment.GetEnvironmentVariable("EVCHARGE_TEST_DB") switch
    {
        null or "" or Sqlite => Sqlite,
        PostgreSql => PostgreSql,
        SqlServer => SqlServer,
        var unknown => throw new InvalidOperationException($"EVCHARGE_TEST_DB is '{unknown}'; it may be {Sqlite}, {PostgreSql} or {SqlServer}."),
    };

    /// <summary>The server for tests that need one: the one that the tests run on, else PostgreSQL.</summary>
    public static string Server => Name == Sqlite ? PostgreSql : Name;

    /// <summary>A database with all tables, on the engine named or the one that the tests run on.</summary>
    public static async Task<DatabaseLocation> Migrated(string? engine = null)
    {
        engine ??= Name;
        await SkipWithoutServer(engine);
        if (engine == SqlServer)
        {
            // It copies a database by way of a backup only.
            return await MigrateTemplate(engine);
        }

        var template = await Templates.GetOrAdd(engine, key => new Lazy<Task<DatabaseLocation>>(() => MigrateTemplate(key))).Value;
        if (engine == PostgreSql)
        {
            return DatabaseLocation.PostgreSql(await (await PostgresServer.Shared()).CreateDatabase(template.Address));
        }

        var folder = NewFolder();
        File.Copy(Path.Combine(template.Address, "history.db"), Path.Combine(folder, "history.db"));
        return DatabaseLocation.Folder(folder);
    }

    /// <summary>A database without tables.</summary>
    public static async Task<DatabaseLocation> Empty(string? engine = null)
    {
        engine ??= Name;
        await SkipWithoutServer(engine);
        return engine switch
        {
            PostgreSql => DatabaseLocation.PostgreSql(await (await PostgresServer.Shared()).CreateDatabase()),
            SqlServer => DatabaseLocation.SqlServer(await (await SqlServerInstance.Shared())!.CreateDatabase()),
            _ => DatabaseLocation.Folder(NewFolder()),
        };
    }

    public static async Task<DbConnection> Connect(DatabaseLocation database)
    {
        DbConnection connection = database.Engine switch
        {
            DatabaseEngine.PostgreSql => new NpgsqlConnection(database.Address + ";Pooling=false"),
            DatabaseEngine.SqlServer => new SqlConnection(database.Address + ";Pooling=false"),
            _ => new SqliteConnection($"Data Source={Path.Combine(database.Address, "history.db")};Pooling=False"),
        };
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>A database of a server ends with the server.</summary>
    public static void Remove(DatabaseLocation database)
    {
        if (database.Engine == DatabaseEngine.Sqlite)
        {
            Directory.Delete(database.Address, true);
        }
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("history-").FullName;

    private static async Task SkipWithoutServer(string engine)
    {
        if (engine == PostgreSql)
        {
            Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        }
        else if (engine == SqlServer)
        {
            Assert.SkipWhen(
                await SqlServerInstance.Shared() is null,
                $"There is no SQL Server: {SqlServerInstance.ConnectionKey} names none, and no engine for containers runs.");
        }
    }

    private static async Task<DatabaseLocation> MigrateTemplate(string engine)
    {
        var template = await Empty(engine);
        await MigrationsRunner.Run(new HistoryOptions { Database = template }, NullLoggerFactory.Instance);
        if (template.Engine == DatabaseEngine.Sqlite)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(template.Address, true);
        }

        return template;
    }
}
