using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvCharge.HistoryTests.Migrations;

public sealed class MigrationsRunnerTests
{
    private static readonly long Migrations =
        typeof(MigrationsRunner).Assembly.GetTypes().Count(type => type.IsDefined(typeof(FluentMigrator.MigrationAttribute), inherit: false));

    [Fact]
    public async Task Migrating_again_and_at_the_same_time_changes_nothing()
    {
        var options = new HistoryOptions { Database = await TestEngine.Empty() };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrationsRunner.Run(options, NullLoggerFactory.Instance))));

        await using (var history = TestHistory.Open(options.Database))
        {
            Assert.NotNull(await history.Configuration.Tenant(TenantId.Default));
            Assert.Equal(Migrations, await history.Scalar<long>("SELECT COUNT(*) FROM \"VersionInfo\""));
        }

        TestEngine.Remove(options.Database);
    }

    [Fact]
    public async Task A_version_left_out_between_others_is_missed()
    {
        var options = new HistoryOptions { Database = await TestEngine.Empty() };
        await MigrationsRunner.Run(options, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        Assert.Null(await MigrationsRunner.Missing(options, TestContext.Current.CancellationToken));

        await using (var history = TestHistory.Open(options.Database))
        {
            await history.Execute("DELETE FROM \"VersionInfo\" WHERE \"Version\" = 14");
        }

        Assert.Equal("version 14 of history's tables", await MigrationsRunner.Missing(options, TestContext.Current.CancellationToken));
        TestEngine.Remove(options.Database);
    }

    [Fact]
    [Trait(TestEngine.Trait, TestEngine.Sqlite)]
    public async Task Every_table_names_the_tenant_and_its_keys_begin_with_it()
    {
        await using var history = await TestHistory.CreateSqlite();
        string[] exempt = ["VersionInfo", "sqlite_sequence", "sqlite_stat1"];

        var tables = await Column(history, "SELECT name FROM sqlite_master WHERE type = 'table'");
        var without = await Column(history,
            "SELECT t.name FROM sqlite_master t WHERE t.type = 'table' AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'tenant_id')");
        var otherwise = await Column(history,
            """
            SELECT i.name FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
            WHERE t.type = 'table' AND t.name <> 'VersionInfo' AND c.seqno = 0 AND c.name <> 'tenant_id'
            """);

        Assert.True(tables.Count > 20);
        Assert.Equal(exempt.Order(), without.Order());
        Assert.Equal(["ux_credential_secret"], otherwise);
    }

    private static async Task<IReadOnlyList<string>> Column(TestHistory history, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={history.File};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
