using System.Data.Common;
using EvCharge.History.Tables;
using EvCharge.Storage.GroupCommit;
using Microsoft.Extensions.Logging;

namespace EvCharge.History.Engines;

/// <summary>A database of a server that any number of processes share, each with some writers and a pool of readers.</summary>
public abstract class ServerEngine : HistoryEngine
{
    /// <summary>Until an attempt to connect counts as failed, in seconds: what waits is tried again soon.</summary>
    private protected const int ConnectSeconds = 3;

    /// <summary>Until a statement counts as lost, in seconds.</summary>
    private protected const int StatementSeconds = 10;

    private protected const string ReaderName = "evcharge-history";
    private protected const string WriterName = "evcharge-history-writer";

    /// <summary>How long a read waits for its turn among the readers.</summary>
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _free;

    private protected ServerEngine(HistoryOptions options, Func<DbConnection> openWriter, CommitDialect dialect, ILogger log)
        : base(options, openWriter, dialect, log, options.Writers)
    {
        _free = new SemaphoreSlim(options.Readers, options.Readers);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _free.Dispose();
        GC.SuppressFinalize(this);
    }

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

    /// <summary>A connection of the pool, open.</summary>
    private protected abstract Task<DbConnection> OpenReader();

    /// <summary>Whether the failure may be that of a connection from before the server restarted. A time limit is none.</summary>
    private protected abstract bool IsBrokenConnection(DbException failure);

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
        catch (DbException failure) when (IsBrokenConnection(failure))
        {
            return await QueryOnce(query);
        }
    }

    private async Task<T> QueryOnce<T>(Func<HistoryTables, Task<T>> query)
    {
        await using var connection = await OpenReader();
        await using var tables = TablesOn(connection);
        return await query(tables);
    }
}
