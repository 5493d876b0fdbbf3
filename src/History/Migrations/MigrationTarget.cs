using System.Data.Common;
using EvCharge.History.Engines;
using EvCharge.Storage;
using EvCharge.Storage.Sqlite;
using FluentMigrator.Runner;
using Npgsql;

namespace EvCharge.History.Migrations;

/// <summary>A database to migrate: how its engine is reached and how others are kept out meanwhile.</summary>
internal abstract class MigrationTarget(ColumnTypes types)
{
    public ColumnTypes Types { get; } = types;

    public static MigrationTarget Of(HistoryOptions options) => options.Database.Engine == DatabaseEngine.PostgreSql
        ? new PostgreSqlTarget(options.Database.Address)
        : new SqliteTarget(options.File);

    public abstract DbConnection Connect();

    /// <summary>Makes what can be made, and holds off other processes until the answer is disposed of.</summary>
    public abstract Task<IAsyncDisposable> Enter(CancellationToken stop);

    public abstract IMigrationRunnerBuilder Configure(IMigrationRunnerBuilder runner);

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

        /// <summary>The lock belongs to the session: it ends with the connection, also when the process is killed.</summary>
        public override async Task<IAsyncDisposable> Enter(CancellationToken stop)
        {
            var session = new NpgsqlConnection(_address);
            try
            {
                await session.OpenAsync(stop);
                await using var command = new NpgsqlCommand(TakeLock, session);
                await command.ExecuteNonQueryAsync(stop);
                return session;
            }
            catch
            {
                await session.DisposeAsync();
                throw;
            }
        }

        public override IMigrationRunnerBuilder Configure(IMigrationRunnerBuilder runner) =>
            runner.AddPostgres15_0().WithGlobalConnectionString(_address);
    }
}
