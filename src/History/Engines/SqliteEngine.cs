using System.Data.Common;
using EvCharge.History.Tables;
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
public sealed class SqliteEngine : HistoryEngine
{
    private static readonly DataOptions Mapped = new DataOptions().UseMappingSchema(MapTimes());

    private readonly ReaderPool<HistoryTables> _readers;
    private readonly GroupCommitWriter _writer;
    private (WriteSession Session, HistoryWrite Write)? _current;

    public SqliteEngine(IOptions<HistoryOptions> options, ILogger<SqliteEngine> log)
    {
        var file = new SqliteFile(options.Value.File);
        _readers = new ReaderPool<HistoryTables>(() => Over(file.OpenReader(), true), options.Value.Readers);
        _writer = new GroupCommitWriter(
            "history-writer",
            file.OpenWriter,
            new GroupCommitOptions { QueueRows = options.Value.QueueRows, QueueBytes = options.Value.QueueBytes },
            log);
    }

    internal override async Task<T> Read<T>(Func<HistoryTables, Task<T>> query)
    {
        try
        {
            return await _readers.Read(query);
        }
        catch (DbException failure)
        {
            throw new HistoryUnavailableException(failure.Message, failure);
        }
    }

    internal override async Task<T> Write<T>(Func<HistoryWrite, T> work, int rows = 1, int bytes = 256)
    {
        try
        {
            return await _writer.Write(session => work(On(session)), rows, bytes);
        }
        catch (Exception failure) when (failure is DatabaseUnavailableException or DbException)
        {
            throw new HistoryUnavailableException(failure.Message, failure);
        }
    }

    internal override object? Time(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    internal override Task Stop() => _writer.Stop();

    public override async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    /// <summary>The tables on a connection, for as long as it is open: what linq2db prepares belongs to this object.</summary>
    internal static HistoryTables Over(DbConnection connection, bool ownsConnection = false) =>
        new(Mapped.UseConnection(SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft), connection, ownsConnection));

    /// <summary>Only the writer's thread comes here; it opens a new session after a failure.</summary>
    private HistoryWrite On(WriteSession session)
    {
        if (_current?.Session != session)
        {
            _current = (session, new HistoryWrite(session, Over(session.Connection), Time));
        }

        return _current.Value.Write;
    }

    private static MappingSchema MapTimes()
    {
        var schema = new MappingSchema();
        schema.SetDataType(typeof(DateTimeOffset), DataType.Int64);
        schema.SetConverter<DateTimeOffset, DataParameter>(moment => new DataParameter(null, moment.ToUnixTimeMilliseconds(), DataType.Int64));
        schema.SetConverter<long, DateTimeOffset>(DateTimeOffset.FromUnixTimeMilliseconds);
        schema.SetValueToSqlConverter(typeof(DateTimeOffset), (text, _, moment) =>
            text.Append(((DateTimeOffset)moment).ToUnixTimeMilliseconds()));
        return schema;
    }
}
