using System.Data.Common;
using EvCharge.History.Tables;
using EvCharge.Storage;
using EvCharge.Storage.GroupCommit;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.PostgreSQL;
using LinqToDB.Mapping;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EvCharge.History.Engines;

/// <summary>A database of a PostgreSQL server that any number of processes share, each with one writer and a pool of readers.</summary>
public sealed class PostgreSqlEngine(IOptions<HistoryOptions> options, ILogger<PostgreSqlEngine> log)
    : HistoryEngine(options.Value, () => OpenWriter(options.Value.Database.Address), new PostgreSqlDialect(), log)
{
    /// <summary>Until an attempt to connect counts as failed, in seconds: what waits is tried again soon.</summary>
    private const int ConnectSeconds = 3;

    /// <summary>Until a statement counts as lost, in seconds.</summary>
    private const int StatementSeconds = 10;

    private const int PreparedStatements = 200;

    /// <summary>A process that stands still in the middle of a batch must not keep its locks from all the others.</summary>
    private const string FreeLocksOfTheDead = "SET idle_in_transaction_session_timeout = '10s'";

    private const string TakeLock = "SELECT pg_advisory_xact_lock(hashtextextended(@tenant || '/' || @name, 0))";

    private static readonly DataOptions Mapped = new DataOptions().UseMappingSchema(MapValues());

    /// <summary>How long a read waits for its turn among the readers.</summary>
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _free = new(options.Value.Readers, options.Value.Readers);

    private readonly NpgsqlDataSource _readers = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.Value.Database.Address)
    {
        ApplicationName = "evcharge-history",
        MaxAutoPrepare = PreparedStatements,
        MaxPoolSize = options.Value.Readers,
        Timeout = ConnectSeconds,
        CommandTimeout = StatementSeconds,
    });

    internal override object? Time(DateTimeOffset? moment) => moment is { } time ? Cut(time) : null;

    internal override void Lock(WriteSession session, string tenant, string name) =>
        session.Execute(TakeLock, ("@tenant", tenant), ("@name", name));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _readers.DisposeAsync();
        _free.Dispose();
    }

    /// <summary>The tables on a connection.</summary>
    internal static HistoryTables Over(DbConnection connection) =>
        new(Mapped.UseConnection(PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v15), connection, disposeConnection: false));

    private protected override async Task<T> Query<T>(Func<HistoryTables, Task<T>> query)
    {
        if (!await _free.WaitAsync(ReadPatience))
        {
            throw new HistoryUnavailableException("Too many reads wait for the database.");
        }

        try
        {
            return await QueryTwice(query);
        }
        finally
        {
            _free.Release();
        }
    }

    private protected override HistoryTables TablesOn(DbConnection connection) => Over(connection);

    /// <summary>
    /// A connection that was idle while the server restarted fails once, and with it the pool forgets all of them. What has
    /// run into a time limit has waited long enough.
    /// </summary>
    private async Task<T> QueryTwice<T>(Func<HistoryTables, Task<T>> query)
    {
        try
        {
            return await QueryOnce(query);
        }
        catch (NpgsqlException failure) when (failure is { IsTransient: true, InnerException: not TimeoutException })
        {
            return await QueryOnce(query);
        }
    }

    private async Task<T> QueryOnce<T>(Func<HistoryTables, Task<T>> query)
    {
        await using var connection = await _readers.OpenConnectionAsync();
        await using var tables = Over(connection);
        return await query(tables);
    }

    private static NpgsqlConnection OpenWriter(string address)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address)
        {
            ApplicationName = "evcharge-history-writer",
            MaxAutoPrepare = PreparedStatements,
            Pooling = false,
            Timeout = ConnectSeconds,
            CommandTimeout = StatementSeconds,
        }.ToString());
        try
        {
            connection.Open();
            using var command = new NpgsqlCommand(FreeLocksOfTheDead, connection);
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>As SQLite keeps it: the server would round.</summary>
    private static DateTimeOffset Cut(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    private static MappingSchema MapValues()
    {
        var schema = new MappingSchema();
        schema.SetConverter<DateTimeOffset, DataParameter>(moment => new DataParameter(null, Cut(moment), DataType.DateTimeOffset));
        schema.SetConverter<string?, DataParameter>(text => new DataParameter(null, StorableValue.Of(text), DataType.Text));
        schema.SetConverter<double, DataParameter>(number => new DataParameter(null, StorableValue.Of(number), DataType.Double));
        return schema;
    }
}
