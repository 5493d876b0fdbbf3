using System.Data.Common;
using EvCharge.History.Tables;
using EvCharge.Storage;
using EvCharge.Storage.GroupCommit;
using EvCharge.Storage.Sqlite;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.SQLite;
using LinqToDB.Mapping;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EvCharge.History.Engines;

/// <summary>The embedded engine: one file, one writer thread, times as milliseconds since 1970.</summary>
public sealed class SqliteEngine(IOptions<HistoryOptions> options, ILogger<SqliteEngine> log)
    : HistoryEngine(options.Value, new SqliteFile(options.Value.File).OpenWriter, new SqliteDialect(), log)
{
    private static readonly DataOptions Mapped = new DataOptions().UseMappingSchema(MapTimes());

    private readonly ReaderPool<HistoryTables> _readers = new(
        () => Over(new SqliteFile(options.Value.File).OpenReader(), true), options.Value.Readers);

    internal override object? Time(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    /// <summary>A transaction that writes is the only one.</summary>
    internal override void Lock(WriteSession session, string tenant, string name)
    {
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _readers.Dispose();
    }

    /// <summary>The tables on a connection.</summary>
    internal static HistoryTables Over(DbConnection connection, bool ownsConnection = false) =>
        new(
        Mapped.UseConnection(SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft), connection, ownsConnection), SqlLanguage.Shared);

    private protected override Task<T> Query<T>(Func<HistoryTables, Task<T>> query) => _readers.Read(query);

    private protected override HistoryTables TablesOn(DbConnection connection) => Over(connection);

    private static MappingSchema MapTimes()
    {
        var schema = new MappingSchema();
        schema.SetDataType(typeof(DateTimeOffset), DataType.Int64);
        schema.SetConverter<DateTimeOffset, DataParameter>(moment => new DataParameter(null, moment.ToUnixTimeMilliseconds(), DataType.Int64));
        schema.SetConverter<long, DateTimeOffset>(DateTimeOffset.FromUnixTimeMilliseconds);
        schema.SetValueToSqlConverter(typeof(DateTimeOffset), (text, _, moment) =>
            text.Append(((DateTimeOffset)moment).ToUnixTimeMilliseconds()));
        schema.SetConverter<string?, DataParameter>(text => new DataParameter(null, StorableValue.Of(text), DataType.NVarChar));
        schema.SetConverter<double, DataParameter>(number => new DataParameter(null, StorableValue.Of(number), DataType.Double));
        return schema;
    }
}
