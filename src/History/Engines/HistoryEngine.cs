using EvCharge.History.Tables;
using EvCharge.Storage.GroupCommit;

namespace EvCharge.History.Engines;

/// <summary>
/// All that differs between the databases History can live in. Statements and queries are written once; an engine opens
/// connections, maps times and says what its columns are called.
/// </summary>
public abstract class HistoryEngine : IAsyncDisposable
{
    /// <summary>Runs a query on a connection of its own, away from the caller's scheduler.</summary>
    /// <exception cref="HistoryUnavailableException">The database cannot be read.</exception>
    internal abstract Task<T> Read<T>(Func<HistoryTables, Task<T>> query);

    /// <summary>Queues work for the writer; see <see cref="GroupCommitWriter.Write"/>.</summary>
    /// <exception cref="HistoryUnavailableException">Nothing of it is durable.</exception>
    internal abstract Task<T> Write<T>(Func<HistoryWrite, T> work, int rows = 1, int bytes = 256);

    /// <summary>Takes no more writes and completes when those accepted are settled.</summary>
    internal abstract Task Stop();

    /// <summary>A moment as a parameter of a statement.</summary>
    internal abstract object? Time(DateTimeOffset? moment);

    public abstract ValueTask DisposeAsync();
}
