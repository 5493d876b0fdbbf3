using System.Data.Common;
using EvCharge.History.Engines;
using EvCharge.Storage;
using EvCharge.Storage.Sqlite;
using FluentMigrator.Runner;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace EvCharge.History.Migrations;

/// <summary>A database to migrate: how its engine is reached and how others are kept out meanwhile.</summary>
internal abstract class MigrationTarget(ColumnTypes types)
{
    public ColumnTypes Types { get; } = types;

    public static MigrationTarget Of(HistoryOptions options) => options.Database.Engine switch
    {
        DatabaseEngine.PostgreSql => new PostgreSqlTarget(options.Database.Address),
        DatabaseEngine.SqlServer => new SqlServerTarget(options.Database.Address),
        _ => new SqliteTarget(options.File),
    };

    public abstract DbConnection Connect();

    /// <summary>Makes what can be made, and holds off other processes until the answer is disposed of.</summary>
    public abstract Task<IAsyncDisposable> Enter(CancellationToken stop);

    public abstract IMigrationRunnerBuilder Configure(IMigrationRunnerBuilder runner);

    /// <summary>A session that holds a lock for as long as it is open, also when its process is killed.</summary>
    private static async Task<IAsyncDisposable> EnterOn(DbConnection session, string takeLock, CancellationToken stop)
    {
        try
        {
            await session.OpenAsync(stop);
            await using var command = session.CreateCommand();
#pragma warning disable CA2100 // One of the constants below.
            command.CommandText = takeLock;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(stop);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private sealed class SqliteTarget(string file) : MigrationTarget(ColumnTypes.Sqlite)
    {
        public override DbConnection Connect() => new SqliteFile(file).OpenWriter();

        public override async Task<IAsyncDisposable> Enter(CancellationToken stop)
        {
            await using (new SqliteFile(file).OpenWriter())
            {
                // Opening sets the write-ahead log, which stays with the file.
            }

            return await MigrationLock.Take(file + ".migration-lock", stop);
        }

        public override IMigrationRunnerBuilder Configure(IMigrationRunnerBuilder runner) =>
            runner.AddSQLite().WithGlobalConnectionString($"Data Source={file};Pooling=False");
    }

    private sealed class PostgreSqlTarget(string address) : MigrationTarget(ColumnTypes.PostgreSql)
    {
        /// <summary>Any number will do; it is the same in every version of the program.</summary>
        private const string TakeLock = "SELECT pg_advisory_lock(4531697022)";

        private readonly string _address =
            new NpgsqlConnectionStringBuilder(address) { Pooling = false, CommandTimeout = 0 }.ToString();

        public override DbConnection Connect() => new NpgsqlConnection(_address);

        public override Task<IAsyncDisposable> Enter(CancellationToken stop) => EnterOn(Connect(), TakeLock, stop);

        public override IMigrationRunnerBuilder Configure(IMigrationRunnerBuilder runner) =>
            runner.AddPostgres15_0().WithGlobalConnectionString(_address);
    }

    private sealed class SqlServerTarget(string address) : MigrationTarget(ColumnTypes.SqlServer)
    {
        /// <summary>
        /// Where readers would wait for writers nobody migrates: the switch cannot be turned while others are connected, so
        /// that it is for who makes the database.
        /// </summary>
        private const string TakeLock =
            """
            IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()) = 0
                THROW 51000, N'The database must be made with ALTER DATABASE … SET READ_COMMITTED_SNAPSHOT ON.', 1;
            DECLARE @granted int;
            EXEC @granted = sp_getapplock @Resource = N'evcharge-migration', @LockMode = N'Exclusive', @LockOwner = N'Session';
            IF @granted < 0 THROW 51205, N'The lock of the migration was not granted.', 1;
            """;

        private readonly string _address =
            new SqlConnectionStringBuilder(address) { Pooling = false, CommandTimeout = 0 }.ToString();

        public override DbConnection Connect() => new SqlConnection(_address);

        public override Task<IAsyncDisposable> Enter(CancellationToken stop) => EnterOn(Connect(), TakeLock, stop);

        public override IMigrationRunnerBuilder Configure(IMigrationRunnerBuilder runner) =>
            runner.AddSqlServer2016().WithGlobalConnectionString(_address);
    }
}
