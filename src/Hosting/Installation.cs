using System.Data.Common;
using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.Storage;
using EvCharge.Storage.Servers;
using Microsoft.Extensions.Logging;

namespace EvCharge.Hosting;

/// <summary>The schema of the databases that the processes of an installation share.</summary>
public static partial class Installation
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Brings the schema up to date, one program at a time.</summary>
    public static async Task Migrate(DatabaseLocations databases, ILoggerFactory logs, CancellationToken stop = default)
    {
        await MigrationsRunner.Run(new HistoryOptions { Database = databases.History }, logs, stop);
        await OrleansSchema.Install(databases.Orleans, stop);
    }

    /// <summary>Waits until another program has brought the schema up to date, also while the database cannot be reached.</summary>
    public static async Task AwaitMigrated(DatabaseLocations databases, ILoggerFactory logs, CancellationToken stop = default)
    {
        var log = logs.CreateLogger(typeof(Installation));
        string? told = null;
        while (await Missing(databases, stop) is { } missing)
        {
            if (missing != told)
            {
                LogWaiting(log, missing);
                told = missing;
            }

            await Task.Delay(Interval, stop);
        }
    }

    private static async Task<string?> Missing(DatabaseLocations databases, CancellationToken stop)
    {
        try
        {
            return await MigrationsRunner.Missing(new HistoryOptions { Database = databases.History }, stop)
                ?? await OrleansSchema.Missing(databases.Orleans, stop);
        }
        catch (DbException absent) when (MissingTable.IsCauseOf(absent))
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
