using EvCharge.History.Engines;
using EvCharge.Storage.Sqlite;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EvCharge.History.Migrations;

/// <summary>Brings the schema of a database up to this program's.</summary>
public static class MigrationsRunner
{
    /// <summary>
    /// Makes the database when it is absent and applies what is missing. A lock beside the file keeps a second process
    /// out; waiting for it is the caller's cancellation to end.
    /// </summary>
    public static async Task Run(HistoryOptions options, ILoggerFactory logs, CancellationToken stop = default)
    {
        var file = new SqliteFile(options.File);
        await using (file.OpenWriter())
        {
            // Opening sets the write-ahead log, which stays with the file.
        }

        await using var migrationLock = await MigrationLock.Take(options.File + ".migration-lock", stop);
        await using var services = new ServiceCollection()
            .AddSingleton(logs)
            .AddLogging()
            .AddSingleton(ColumnTypes.Sqlite)
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner
                .AddSQLite()
                .WithGlobalConnectionString($"Data Source={options.File};Pooling=False")
                .ScanIn(typeof(MigrationsRunner).Assembly).For.Migrations())
            .Configure<RunnerOptions>(runner => runner.TransactionPerSession = true)
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
    }
}
