using System.Data.Common;
using EvCharge.History.Tables;
using EvCharge.Storage.GroupCommit;
using Microsoft.Extensions.Logging;

namespace EvCharge.History.Engines;

/// <summary>
/// All that differs between the databases History can live in. Queries are written once, and so are statements but for some
/// that have a second text; an engine opens connections, maps times and says what language it speaks.
/// </summary>
public abstract class HistoryEngine : IAsyncDisposable
{
    private readonly GroupCommitWriter _writer;
    private (WriteSession Session, HistoryWrite Write)? _current;

    /// <param name="open">Opens a connection that nobody else uses.</param>
    private protected HistoryEngine(HistoryOptions options, Func<DbConnection> open, CommitDialect dialect, ILogger log)
    {
        var bounds = new GroupCommitOptions
        {
            QueueRows = options.QueueRows,
            QueueBytes = options.QueueBytes,
            Patience = options.WritePatience,
        };
        _writer = new GroupCommitWriter("history-writer", open, dialect, bounds, log);
    }

    /// <summary>The text of a statement that this engine understands.</summary>
    internal virtual SqlLanguage Language => SqlLanguage.Shared;

    /// <inheritdoc cref="GroupCommitWriter.Unreachable"/>
    internal bool Unreachable => _writer.Unreachable;

    /// <summary>Runs a query on a connection of its own, without holding up the caller's scheduler.</summary>
    /// <exception cref="HistoryUnavailableException">The database cannot be read.</exception>
    internal async Task<T> Read<T>(Func<HistoryTables, Task<T>> query)
    {
        try
        {
            return await Query(query);
        }
        catch (DbException failure)
        {
            throw new HistoryUnavailableException(failure.Message, failure);
        }
    }

    /// <summary>Queues work for the writer; see <see cref="GroupCommitWriter.Write"/>.</summary>
    /// <exception cref="HistoryUnavailableException">Nothing of it is acknowledged as durable.</exception>
    internal async Task<T> Write<T>(Func<HistoryWrite, T> work, int rows = 1, int bytes = 256)
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

    /// <summary>Takes no more writes and completes when those accepted are settled.</summary>
    internal Task Stop() => _writer.Stop();

    /// <summary>A moment as a parameter of a statement: UTC, cut to the millisecond.</summary>
    internal abstract object? Time(DateTimeOffset? moment);

    /// <summary>Keeps other writers from passing the same words until the transaction ends.</summary>
    internal abstract void Lock(WriteSession session, string tenant, string name);

    public virtual async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<T> Query<T>(Func<HistoryTables, Task<T>> query);

    /// <summary>The tables on the writer's connection, for as long as it is open: what linq2db prepares belongs to this object.</summary>
    private protected abstract HistoryTables TablesOn(DbConnection connection);

    /// <summary>Only the writer's thread comes here; it opens a new session after a failure.</summary>
    private HistoryWrite On(WriteSession session)
    {
        if (_current?.Session != session)
        {
            _current = (session, new HistoryWrite(session, TablesOn(session.Connection), this));
        }

        return _current.Value.Write;
    }
}
