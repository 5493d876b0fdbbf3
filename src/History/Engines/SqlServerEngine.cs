using System.Data.Common;
using EvCharge.History.Tables;
using EvCharge.Storage;
using EvCharge.Storage.GroupCommit;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.SqlServer;
using LinqToDB.Mapping;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EvCharge.History.Engines;

/// <summary>A database of a SQL Server: times are <c>datetime2</c> in UTC, readers see what is committed and wait for nobody.</summary>
public sealed class SqlServerEngine : ServerEngine
{
    /// <summary>
    /// What the writer counts on, whatever the server's own defaults: statements tell how many rows they wrote, and one that
    /// is refused takes back itself and not the whole batch.
    /// </summary>
    private const string Defaults =
        "SET NOCOUNT OFF; SET XACT_ABORT OFF; SET LOCK_TIMEOUT -1; SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    private const string TakeLock =
        """
        DECLARE @granted int, @resource nvarchar(255) = @tenant + N'/' + @name;
        EXEC @granted = sp_getapplock @Resource = @resource, @LockMode = N'Exclusive', @LockOwner = N'Transaction';
        IF @granted < 0 THROW 51205, N'A lock was not granted.', 1;
        """;

    private static readonly DataOptions Mapped = new DataOptions().UseMappingSchema(MapValues()).UseInterceptor(new SqlServerMoments());

    private readonly Func<DbConnection> _reader;

    public SqlServerEngine(IOptions<HistoryOptions> options, ILogger<SqlServerEngine> log)
        : this(options.Value, () => OpenWriter(options.Value.Database.Address), Readers(options.Value), log)
    {
    }

    /// <summary>On connections that the caller makes.</summary>
    internal SqlServerEngine(HistoryOptions options, Func<DbConnection> openWriter, Func<DbConnection> reader, ILogger log)
        : base(options, openWriter, new SqlServerDialect(), log) => _reader = reader;

    internal override SqlLanguage Language => SqlLanguage.TransactSql;

    /// <summary>Cut to the millisecond as the other engines keep it: the server would round.</summary>
    internal override object? Time(DateTimeOffset? moment) => moment is { } time ? Cut(time) : null;

    internal override void Lock(WriteSession session, string tenant, string name) =>
        session.Execute(TakeLock, ("@tenant", tenant), ("@name", name));

    /// <summary>The tables on a connection.</summary>
    internal static HistoryTables Over(DbConnection connection) => new(
        Mapped.UseConnection(
            SqlServerTools.GetDataProvider(SqlServerVersion.v2019, SqlServerProvider.MicrosoftDataSqlClient), connection, disposeConnection: false),
        SqlLanguage.TransactSql);

    private protected override HistoryTables TablesOn(DbConnection connection) => Over(connection);

    private protected override async Task<DbConnection> OpenReader()
    {
        var connection = _reader();
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private protected override bool IsBrokenConnection(DbException failure) => SqlServerDialect.EndsConnection(failure);

    private static Func<DbConnection> Readers(HistoryOptions options)
    {
        var address = new SqlConnectionStringBuilder(options.Database.Address)
        {
            ApplicationName = ReaderName,
            MaxPoolSize = options.Readers,
            ConnectTimeout = ConnectSeconds,
            CommandTimeout = StatementSeconds,
        }.ToString();
        return () => new SqlConnection(address);
    }

    private static SqlConnection OpenWriter(string address)
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(address)
        {
            ApplicationName = WriterName,
            Pooling = false,
            ConnectTimeout = ConnectSeconds,
            CommandTimeout = StatementSeconds,

            // The writer itself tries again, and says meanwhile that the database is away.
            ConnectRetryCount = 0,
        }.ToString());
        try
        {
            connection.Open();
            using var command = new SqlCommand(Defaults, connection);
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static DateTime Cut(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds()).UtcDateTime;

    private static MappingSchema MapValues()
    {
        var schema = new MappingSchema();
        schema.SetDataType(typeof(DateTimeOffset), DataType.DateTime2);
        schema.SetConverter<DateTimeOffset, DataParameter>(moment => new DataParameter(null, Cut(moment), DataType.DateTime2));
        schema.SetConverter<DateTime, DateTimeOffset>(moment => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)));
        schema.SetConverter<string?, DataParameter>(text => new DataParameter(null, StorableValue.Of(text), DataType.NVarChar));
        schema.SetConverter<double, DataParameter>(number => new DataParameter(null, StorableValue.Of(number), DataType.Double));
        return schema;
    }
}
