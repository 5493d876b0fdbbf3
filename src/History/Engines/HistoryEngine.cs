using System.Data.Common;
using EvCharge.Domain.Identity;
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
    private readonly WriterLane[] _lanes;

    /// <param name="open">Opens a connection that nobody else uses.</param>
    /// <param name="writers">How many of them are written to at the same time.</param>
    private protected HistoryEngine(HistoryOptions options, Func<DbConnection> open, CommitDialect dialect, ILogger log, int writers = 1)
    {
        var bounds = new GroupCommitOptions
        {
            QueueRows = options.QueueRows,
            QueueBytes = options.QueueBytes,
            Patience = options.WritePatience,
        };
        var budget = new WriteBudget(bounds.QueueRows, bounds.QueueBytes);
        _lanes = [.. Enumerable.Range(0, writers).Select(number => new WriterLane(
            new GroupCommitWriter($"history-writer-{number}", open, dialect, bounds, log, budget),
            session => new HistoryWrite(session, TablesOn(session.Connection), this)))];
    }

    /// <summary>The text of a statement that this engine understands.</summary>
    internal virtual SqlLanguage Language => SqlLanguage.Shared;

    /// <inheritdoc cref="GroupCommitWriter.Unreachable"/>
    internal bool Unreachable => Array.Exists(_lanes, lane => lane.Writer.Unreachable);

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

    /// <summary>Queues work for the first writer; see <see cref="GroupCommitWriter.Write"/>.</summary>
    /// <exception cref="HistoryUnavailableException">Nothing of it is acknowledged as durable.</exception>
    internal Task<T> Write<T>(Func<HistoryWrite, T> work, int rows = 1, int bytes = 256) => Write(_lanes[0], work, rows, bytes);

    /// <summary>Queues work for the first writer that answers nothing.</summary>
    /// <exception cref="HistoryUnavailableException">Nothing of it is acknowledged as durable.</exception>
    internal Task Write(Action<HistoryWrite> work, int bytes = 256) => Write(
        write =>
        {
            work(write);
            return true;
        },
        bytes: bytes);

    /// <summary>Queues work of a charger for one of the writers, the same for all work of that charger: it is done in its order.</summary>
    /// <exception cref="HistoryUnavailableException">Nothing of it is acknowledged as durable.</exception>
    internal Task<T> Write<T>(ChargerId charger, Func<HistoryWrite, T> work, int rows, int bytes) =>
        Write(_lanes[(uint)charger.GetHashCode() % (uint)_lanes.Length], work, rows, bytes);

    /// <summary>Takes no more writes and completes when those accepted are settled.</summary>
    internal Task Stop() => Task.WhenAll(_lanes.Select(lane => lane.Writer.Stop()));

    /// <summary>A moment as a parameter of a statement: UTC, cut to the millisecond.</summary>
    internal abstract object? Time(DateTimeOffset? moment);

    /// <summary>Keeps other writers from passing the same words until the transaction ends.</summary>
    internal abstract void Lock(WriteSession session, string tenant, string name);

    public virtual async ValueTask DisposeAsync()
    {
        await Stop();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<T> Query<T>(Func<HistoryTables, Task<T>> query);

    /// <summary>The tables on the writer's connection, for as long as it is open: what linq2db prepares belongs to this object.</summary>
    private protected abstract HistoryTables TablesOn(DbConnection connection);

    private static async Task<T> Write<T>(WriterLane lane, Func<HistoryWrite, T> work, int rows, int bytes)
    {
        try
        {
            return await lane.Writer.Write(session => work(lane.On(session)), rows, bytes);
        }
        catch (Exception failure) when (failure is DatabaseUnavailableException or DbException)
        {
            throw new HistoryUnavailableException(failure.Message, failure);
        }
    }

    /// <summary>A writer, and what its work sees.</summary>
    private sealed class WriterLane(GroupCommitWriter writer, Func<WriteSession, HistoryWrite> see)
    {
        private (WriteSession Session, HistoryWrite Write)? _current;

        public GroupCommitWriter Writer => writer;

        /// <summary>Only the writer's thread comes here; it opens a new session after a failure.</summary>
        public HistoryWrite On(WriteSession session)
        {
            if (_current?.Session != session)
            {
                _current = (session, see(session));
            }

            return _current.Value.Write;
        }
    }
}
