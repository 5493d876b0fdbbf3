using System.Data.Common;
using EvCharge.Domain.Identity;
using EvCharge.History.Tables;
using EvCharge.Storage.GroupCommit;

namespace EvCharge.History.Engines;

/// <summary>
/// What a piece of work sees on the writer's thread: prepared statements for what is written all day, and the tables for
/// what is written now and then.
/// </summary>
internal sealed class HistoryWrite(WriteSession session, HistoryTables tables, HistoryEngine engine)
{
    /// <summary>The tables, with all that was written before.</summary>
    public HistoryTables Tables
    {
        get
        {
            session.SendAssumed();
            return tables;
        }
    }

    /// <inheritdoc cref="WriteSession.Assumes"/>
    public bool Assumes => session.Assumes;

    public object? Time(DateTimeOffset? moment) => engine.Time(moment);

    public int Execute(Statement sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.Execute(sql.In(engine.Language), parameters);

    /// <inheritdoc cref="WriteSession.ExecuteOne"/>
    public bool ExecuteOne(Statement sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.ExecuteOne(sql.In(engine.Language), parameters);

    /// <inheritdoc cref="WriteSession.Post"/>
    public void Post(Statement sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.Post(sql.In(engine.Language), parameters);

    public T? First<T>(Statement sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.First(sql.In(engine.Language), read, parameters);

    /// <summary>
    /// Waits until no other process is between this call and its commit, in the tenant and under the name. What is looked up
    /// after it therefore still holds when the work is committed.
    /// </summary>
    public void Alone(TenantId tenant, string name) => engine.Lock(session, tenant.Value, name);

    /// <summary>Takes back what this work wrote; its result still reaches the caller.</summary>
    public void Discard() => session.Discard();
}
