using EvCharge.History.Engines;
using EvCharge.History.Migrations;
using EvCharge.History.Sessions;
using EvCharge.History.Tables;
using EvCharge.Storage;
using EvCharge.Storage.GroupCommit;
using LinqToDB;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EvCharge.History.Mirror;

/// <summary>The server's database that holds the copy, in the tables of History. Everything is written so that it may come again.</summary>
internal sealed class MirrorTarget : IAsyncDisposable
{
    private readonly HistoryOptions _options;
    private readonly ILoggerFactory _logs;
    private readonly HistoryEngine _engine;
    private bool _migrated;

    public MirrorTarget(DatabaseLocation database, ILoggerFactory logs)
    {
        // Who waits for this one is no charger: a database that is away is told at once and tried again later.
        _options = new HistoryOptions { Database = database, WritePatience = TimeSpan.Zero };
        _logs = logs;
        _engine = database.Engine == DatabaseEngine.SqlServer
            ? new SqlServerEngine(Options.Create(_options), logs.CreateLogger<SqlServerEngine>())
            : new PostgreSqlEngine(Options.Create(_options), logs.CreateLogger<PostgreSqlEngine>());
    }

    /// <summary>Brings the tables up to date, once.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached.</exception>
    public async Task Prepare(CancellationToken stop)
    {
        if (!_migrated)
        {
            await MigrationsRunner.Run(_options, _logs, stop);
            _migrated = true;
        }
    }

    /// <returns>Why the database refused the row; null when it is there.</returns>
    /// <exception cref="HistoryUnavailableException">The database is away.</exception>
    public Task<string?> Put(TransactionRow row) => Put(write => write.Tables.InsertOrReplace(row), 1_024);

    /// <inheritdoc cref="Put(TransactionRow)"/>
    public Task<string?> Put(MeterFrameRow row) => Put(write => FrameWriter.Insert(write, row), 256 + row.Samples.Length);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task<string?> Put<T>(Func<HistoryWrite, T> work, int bytes)
    {
        try
        {
            await _engine.Write(work, 1, bytes);
            return null;
        }
        catch (HistoryUnavailableException refused) when (refused.InnerException is not DatabaseUnavailableException)
        {
            return refused.Message;
        }
    }
}
