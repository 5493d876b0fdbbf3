using System.Data.Common;
using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.Storage;
using EvCharge.Storage.PostgreSql;
using Microsoft.Extensions.Logging;

namespace EvCharge.Hosting;

/// <summary>The schema of the database that the processes of an installation share.</summary>
public static partial class Installation
{
    /// <summary>The SQL standard's word for a table that is not there.</summary>
    private const string UndefinedTable = "42P01";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Brings the schema up to date, one program at a time.</summary>
    public static async Task Migrate(DatabaseLocation database, ILoggerFactory logs, CancellationToken stop = default)
    {
        await MigrationsRunner.Run(new HistoryOptions { Database = database }, logs, stop);
        if (database.Engine == DatabaseEngine.PostgreSql)
        {
            await OrleansSchema.Install(database.Address, stop);
        }
    }

    /// <summary>Waits until another program has brought the schema up to date, also while the database cannot be reached.</summary>
    public static async Task AwaitMigrated(DatabaseLocation database, ILoggerFactory logs, CancellationToken stop = default)
    {
        var log = logs.CreateLogger(typeof(Installation));
        string? told = null;
        while (await Missing(database, stop) is { } missing)
        {
            if (missing != told)
            {
                LogWaiting(log, missing);
                told = missing;
            }

            await Task.Delay(Interval, stop);
        }
    }

    private static async Task<string?> Missing(DatabaseLocation database, CancellationToken stop)
    {
        try
        {
            return await MigrationsRunner.Missing(new HistoryOptions { Database = database }, stop)
                ?? await OrleansSchema.Missing(database.Address, stop);
        }
        catch (DbException absent) when (absent.SqlState == UndefinedTable)
        {
            return "the tables; the silo's program makes them when it is run with --migrate";
        }
        catch (DbException failure)
        {
            return $"the database: {failure.Message}";
        }
    }

    [LoggerMessage(LogLevel.Warning, "Waiting for {What}")]
    private static partial void LogWaiting(ILogger log, string what);
}
