using System.Reflection;
using EvCharge.History.Engines;

using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EvCharge.History.Migrations;

/// <summary>Brings the schema of a database up to this program's.</summary>
public static class MigrationsRunner
{
    /// <summary>
    /// Applies what is missing; the file of the embedded engine is made when it is absent, a database of a server must be
    /// there. A lock keeps a second process out; waiting for it is the caller's cancellation to end.
    /// </summary>
    public static async Task Run(HistoryOptions options, ILoggerFactory logs, CancellationToken stop = default)
    {
        var target = MigrationTarget.Of(options);
        await using var alone = await target.Enter(stop);
        await using var services = new ServiceCollection()
            .AddSingleton(logs)
            .AddLogging()
            .AddSingleton(target.Types)
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => target.Configure(runner).ScanIn(typeof(MigrationsRunner).Assembly).For.Migrations())
            .Configure<RunnerOptions>(runner => runner.TransactionPerSession = true)
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
    }
}
