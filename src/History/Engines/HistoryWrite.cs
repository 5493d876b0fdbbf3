using System.Data.Common;
using EvCharge.History.Tables;
using EvCharge.Storage.GroupCommit;

namespace EvCharge.History.Engines;

/// <summary>
/// What a piece of work sees on the writer's thread: prepared statements for what is written all day, and the tables for
/// what is written now and then.
/// </summary>
internal sealed class HistoryWrite(WriteSession session, HistoryTables tables, Func<DateTimeOffset?, object?> time)
{
    public HistoryTables Tables { get; } = tables;

    public object? Time(DateTimeOffset? moment) => time(moment);

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.Execute(sql, parameters);

    public T? First<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.First(sql, read, parameters);

    /// <summary>Takes back what this work wrote; its result still reaches the caller.</summary>
    public void Discard() => session.Discard();
}
