using System.Collections.Immutable;
using System.Data.Common;
using System.Reflection;
using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EvCharge.History.Migrations;

/// <summary>Brings the schema of a database up to this program's.</summary>
public static class MigrationsRunner
{
    /// <summary>The library's own table of what it has applied.</summary>
    private const string Applied = "SELECT \"Version\" FROM \"VersionInfo\"";

    private static readonly ImmutableArray<long> Versions = [.. typeof(MigrationsRunner).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()).OfType<MigrationAttribute>().Select(migration => migration.Version).Order()];

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

    /// <summary>What of this program's schema is not there yet; null when nothing is missing. A newer schema serves too.</summary>
    /// <exception cref="DbException">The database cannot be reached, or no program has migrated it yet.</exception>
    public static async Task<string?> Missing(HistoryOptions options, CancellationToken stop = default)
    {
        await using var connection = MigrationTarget.Of(options).Connect();
        await connection.OpenAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = Applied;
        await using var rows = await command.ExecuteReaderAsync(stop);
        var applied = new HashSet<long>();
        while (await rows.ReadAsync(stop))
        {
            applied.Add(rows.GetInt64(0));
        }

        var missing = Versions.Where(version => !applied.Contains(version)).ToList();
        return missing.Count == 0 ? null : $"version {string.Join(", ", missing)} of history's tables";
    }
}
