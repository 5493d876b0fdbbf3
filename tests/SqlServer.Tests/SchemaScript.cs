using EvCharge.History.Engines;
using EvCharge.History.Migrations;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EvCharge.SqlServerTests;

/// <summary>What the migrations would tell a SQL Server, without one.</summary>
internal static class SchemaScript
{
    private const string Separator = "GO";

    /// <summary>One statement each, in order.</summary>
    public static IReadOnlyList<string> Statements()
    {
        using var script = new StringWriter { NewLine = "\n" };
        using var provider = new SqlScriptFluentMigratorLoggerProvider(
            script, new SqlScriptFluentMigratorLoggerOptions { ShowSql = true, OutputGoBetweenStatements = true });
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(provider))
            .AddSingleton(ColumnTypes.SqlServer)
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner.AddSqlServer2016().AsGlobalPreview().ScanIn(typeof(MigrationsRunner).Assembly).For.Migrations())
            .Configure<RunnerOptions>(runner => runner.NoConnection = true)
            .BuildServiceProvider();
        services.GetRequiredService<IMigrationRunner>().MigrateUp();
        return
        [
            .. script.ToString().Split('\n')
                .Where(line => !line.StartsWith("/*", StringComparison.Ordinal))
                .Aggregate(new List<List<string>> { new() }, Split)
                .Select(lines => string.Join('\n', lines).Trim())
                .Where(statement => statement.Length > 0),
        ];
    }

    private static List<List<string>> Split(List<List<string>> statements, string line)
    {
        if (line.Trim() == Separator)
        {
            statements.Add([]);
        }
        else
        {
            statements[^1].Add(line);
        }

        return statements;
    }
}
