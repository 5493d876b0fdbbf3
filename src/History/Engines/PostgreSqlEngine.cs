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

/// <summary>A database of a PostgreSQL server.</summary>
public sealed class PostgreSqlEngine(IOptions<HistoryOptions> options, ILogger<PostgreSqlEngine> log)
    : ServerEngine(options.Value, () => OpenWriter(options.Value.Database.Address), new PostgreSqlDialect(), log)
{
    private const int PreparedStatements = 200;

    /// <summary>A process that stands still in the middle of a batch must not keep its locks from all the others.</summary>
    private const string FreeLocksOfTheDead = "SET idle_in_transaction_session_timeout = '10s'";

    private const string TakeLock = "SELECT pg_advisory_xact_lock(hashtextextended(@tenant || '/' || @name, 0))";

    private static readonly DataOptions Mapped = new DataOptions().UseMappingSchema(MapValues());

    private readonly NpgsqlDataSource _readers = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.Value.Database.Address)
    {
        ApplicationName = ReaderName,
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
    }

    /// <summary>The tables on a connection.</summary>
    internal static HistoryTables Over(DbConnection connection) => new(
        Mapped.UseConnection(PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v15), connection, disposeConnection: false),
        SqlLanguage.Shared);

    private protected override HistoryTables TablesOn(DbConnection connection) => Over(connection);

    private protected override async Task<DbConnection> OpenReader() => await _readers.OpenConnectionAsync();

    private protected override bool IsBrokenConnection(DbException failure) =>
        failure is NpgsqlException { IsTransient: true, InnerException: not TimeoutException };

    private static NpgsqlConnection OpenWriter(string address)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address)
        {
            ApplicationName = WriterName,
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
