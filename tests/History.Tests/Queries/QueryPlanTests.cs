using EvCharge.Domain.Identity;
using EvCharge.History.Commands;
using EvCharge.History.Engines;
using EvCharge.History.Queries;
using EvCharge.History.Sessions;
using EvCharge.History.Tables;
using EvCharge.HistoryTests.Sessions;
using LinqToDB;
using Microsoft.Data.Sqlite;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Queries;

/// <summary>SQLite says how it would find the rows: through an index, and in the order asked for.</summary>
public sealed class QueryPlanTests
{
    private static readonly TransactionCursor Cursor = new(Facts.Noon, 5);

    public static TheoryData<string, TransactionFilter> Filters => new()
    {
        { "ix_transaction_started", new() },
        { "ix_transaction_started", new(From: Facts.Noon, To: Facts.Noon.AddDays(1)) },
        { "ix_transaction_started", new(Active: false) },
        { "ix_transaction_charger", new(Charger: "CP1") },
        { "ix_transaction_charger", new(Charger: "CP1", Connector: 1) },
        { "ix_transaction_charger", new(Charger: "CP1", From: Facts.Noon, To: Facts.Noon.AddDays(1)) },
        { "ix_transaction_tag", new(IdTag: "TAG1") },
        { "ix_transaction_vehicle", new(Vehicle: "v1") },
        { "ix_transaction_site", new(Site: "s1") },
        { "ix_transaction_site", new(Site: "s1", From: Facts.Noon) },
        { "ix_transaction_open", new(Active: true) },
        { "ix_transaction_open_charger", new(Charger: "CP1", Active: true) },
        { "ix_transaction_open_site", new(Site: "s1", Active: true) },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Every_filter_of_the_list_has_its_index(string index, TransactionFilter filter)
    {
        await using var history = await TestHistory.Create();

        foreach (var cursor in new[] { null, Cursor })
        {
            var plan = await Explain(history, tables => TransactionQueries.Page(tables, Tenant, filter, cursor, 100));

            Assert.Contains($"USING INDEX {index} ", plan, StringComparison.Ordinal);
            AssertNoScan(plan);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Filters_together_need_no_scan()
    {
        await using var history = await TestHistory.Create();
        var filter = new TransactionFilter("CP1", 1, "TAG1", "v1", "s1", Facts.Noon, Facts.Noon.AddDays(1), true);

        AssertNoScan(await Explain(history, tables => TransactionQueries.Page(tables, Tenant, filter, Cursor, 100)));
    }

    [Fact]
    public async Task What_grains_ask_for_has_its_index()
    {
        await using var history = await TestHistory.Create();
        var site = new SiteId(Tenant, "home");

        await AssertUses(history, "ix_transaction_open_charger", tables => tables.OpenOf(Facts.Charger));
        await AssertUses(history, "ix_transaction_open_charger", tables => tables.OpenOf(Facts.Connector));
        await AssertUses(history, "ix_transaction_ended", tables => tables.EndedOf(Facts.Connector));
        await AssertUses(history, "ux_transaction_start", tables => tables.StartsOf(Facts.Connector, "t", new IdTag("T"), 1));
        await AssertUses(history, "ix_transaction_ocpp_id", tables => tables.WithOcppId(Facts.Charger, 1));
        await AssertUses(history, "ix_transaction_open_site", tables => tables.OverdueOf(site, Facts.Noon, Facts.Noon));
    }

    [Fact]
    public async Task Frames_commands_and_events_are_read_in_the_order_of_an_index()
    {
        await using var history = await TestHistory.Create();

        await AssertOrdered(history, "ix_meter_frame_transaction", tables => TransactionQueries.FramesOf(tables, Tenant, 5, 7));
        await AssertOrdered(history, "sqlite_autoindex_command_1", tables => TransactionQueries.CommandsOf(tables, Tenant, null, 7));
        await AssertOrdered(history, "ix_command_charger", tables => TransactionQueries.CommandsOf(tables, Tenant, "CP1", 7));
        await AssertOrdered(history, "ix_command_open", tables => CommandLog.OpenOf(tables, Facts.Charger));
        await AssertOrdered(history, "ix_event", tables => FleetQueries.EventsOf(tables, Tenant, null, 7));
        await AssertOrdered(history, "ix_event_charger", tables => FleetQueries.EventsOf(tables, Tenant, "CP1", 7));
    }

    private static async Task AssertOrdered<T>(TestHistory history, string index, Func<HistoryTables, IQueryable<T>> query)
    {
        await AssertUses(history, index, query);
        Assert.DoesNotContain("TEMP B-TREE", await Explain(history, query), StringComparison.Ordinal);
    }

    private static async Task AssertUses<T>(TestHistory history, string index, Func<HistoryTables, IQueryable<T>> query)
    {
        var plan = await Explain(history, query);
        Assert.Contains($" INDEX {index} ", plan, StringComparison.Ordinal);
        AssertNoScan(plan);
    }

    private static void AssertNoScan(string plan) => Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);

    private static async Task<string> Explain<T>(TestHistory history, Func<HistoryTables, IQueryable<T>> query)
    {
        await using var connection = new SqliteConnection($"Data Source={history.File};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var tables = SqliteEngine.Over(connection);
        var sql = query(tables).ToSqlQuery();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql.Sql;
        foreach (var parameter in sql.Parameters)
        {
            command.Parameters.AddWithValue(parameter.Name, parameter.Value is DateTimeOffset at ? at.ToUnixTimeMilliseconds() : parameter.Value);
        }

        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(reader.GetString(3));
        }

        return string.Join('\n', lines) + '\n';
    }
}
