using System.Text.RegularExpressions;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.History.Authorization;
using EvCharge.History.Chargers;
using EvCharge.History.Commands;
using EvCharge.History.Configuration;
using EvCharge.History.Engines;
using EvCharge.History.Frames;
using EvCharge.History.Identifiers;
using EvCharge.History.Queries;
using EvCharge.History.Sessions;
using EvCharge.History.Tables;
using EvCharge.HistoryTests.Sessions;
using LinqToDB;
using Microsoft.Data.Sqlite;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Queries;

/// <summary>SQLite says how it would find the rows: through an index, and in the order asked for.</summary>
[Trait(TestEngine.Trait, TestEngine.Sqlite)]
[Trait("pain", "slow-pages")]
public sealed partial class QueryPlanTests
{
    private static readonly TransactionCursor Cursor = new(Facts.Noon, 5);
    private static readonly FrameCursor FrameCursor = new(Facts.Noon, 5, 7);
    private static readonly FrameFilter Frames = new(Facts.Noon.AddDays(-1), Facts.Noon.AddDays(1), Status: FrameStatus.Failed, Action: "Authorize");

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

    public static TheoryData<string, string> LookUps => new()
    {
        { "ix_transaction_open_charger", SessionQueries.OpenOfCharger },
        { "ix_transaction_open_charger", SessionQueries.OpenOfConnector },
        { "ix_transaction_open_tag", SessionQueries.OpenOfTag },
        { "ix_transaction_ended", SessionQueries.LastEndedOfConnector.Text },
        { "ux_transaction_start", SessionQueries.StartsOfConnector },
        { "ux_status_history", SessionQueries.StatusBefore.Text },
        { "ix_transaction_ocpp_id", SessionQueries.WithOcppId.Text },
        { "ix_transaction_open_site", SessionQueries.OverdueOfSite },
        { "ix_transaction_ocpp_id", IdStatements.OcppIdsInUse.Text },
        { "sqlite_autoindex_connector_state_1", SessionQueries.StatusOfConnector },
        { "ux_credential_secret", ConfigurationQueries.CredentialOfSecret },
        { "sqlite_autoindex_charger_1", ConfigurationQueries.Charger },
        { "sqlite_autoindex_charger_connector_1", ConfigurationQueries.ConnectorsOfCharger },
        { "sqlite_autoindex_tag_1", ConfigurationQueries.Tag },
        { "sqlite_autoindex_vehicle_tag_1", ConfigurationQueries.VehicleOfTag },
        { "sqlite_autoindex_authorization_takeover_1", ConfigurationQueries.TakeoversOfCharger },
        { "sqlite_autoindex_authorization_takeover_1", ConfigurationQueries.Takeover },
        { "sqlite_autoindex_external_authorization_1", ConfigurationQueries.ExternalAuthorization },
        { "ix_charger_site", ChargerStatements.OnlineOfSite },
    };

    [Theory]
    [InlineData(null, "ix_limit_change")]
    [InlineData("CP1", "ix_limit_change_charger")]
    public async Task The_limits_of_a_site_are_found_and_ordered_by_an_index(string? charger, string index)
    {
        await using var history = await TestHistory.CreateSqlite();
        var site = new SiteId(Tenant, "S1");

        foreach (var after in new[] { null, new AllocationCursor(Facts.Noon, 5) })
        {
            var limits = await Explain(
                history, tables => AllocationQueries.LimitsOf(tables, site, new LimitFilter(charger, null, charger is null ? Facts.Noon : null, null), after));
            var loads = await Explain(history, tables => AllocationQueries.LoadsOf(tables, site, Facts.Noon.AddDays(-1), Facts.Noon, after));

            Assert.Contains($"USING INDEX {index} ", limits, StringComparison.Ordinal);
            Assert.Contains("USING INDEX ix_site_load ", loads, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", limits + loads, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_transactions_of_a_curve_are_found_and_ordered_by_an_index()
    {
        await using var history = await TestHistory.CreateSqlite();

        await AssertOrdered(history, "ix_transaction_charger", tables => SeriesQueries.Transactions(tables, Facts.Charger, 1, Facts.Noon, Facts.Noon.AddDays(1)));
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Every_filter_of_the_list_has_its_index(string index, TransactionFilter filter)
    {
        await using var history = await TestHistory.CreateSqlite();

        foreach (var cursor in new[] { null, Cursor })
        {
            var plan = await Explain(history, tables => TransactionQueries.Page(tables, SiteScope.All(Tenant), filter, cursor, 100));

            Assert.Contains($"USING INDEX {index} ", plan, StringComparison.Ordinal);
            AssertNoScan(plan);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Filters_together_need_no_scan()
    {
        await using var history = await TestHistory.CreateSqlite();
        var filter = new TransactionFilter("CP1", 1, "TAG1", "v1", "s1", Facts.Noon, Facts.Noon.AddDays(1), true);

        AssertNoScan(await Explain(history, tables => TransactionQueries.Page(tables, SiteScope.All(Tenant), filter, Cursor, 100)));
    }

    [Theory]
    [MemberData(nameof(LookUps))]
    public async Task What_grains_and_requests_ask_for_has_its_index(string index, string sql)
    {
        await using var history = await TestHistory.CreateSqlite();
        await using var connection = await Open(history);

        var plan = await Explain(connection, sql);

        Assert.Contains($" INDEX {index} ", plan, StringComparison.Ordinal);
        AssertNoScan(plan);
    }

    [Fact]
    public async Task Frames_commands_and_events_are_read_in_the_order_of_an_index()
    {
        await using var history = await TestHistory.CreateSqlite();

        await AssertOrdered(history, "ix_meter_frame_transaction", tables => TransactionQueries.FramesOf(tables, Tenant, 5, 7));
        await AssertOrdered(history, "sqlite_autoindex_command_1", tables => TransactionQueries.CommandsOf(tables, SiteScope.All(Tenant), null, 7));
        await AssertOrdered(history, "ix_command_charger", tables => TransactionQueries.CommandsOf(tables, SiteScope.All(Tenant), "CP1", 7));
        await AssertOrdered(history, "ix_command_open", tables => CommandLog.OpenOf(tables, Facts.Charger));
        await AssertOrdered(history, "ix_frame_log_at", tables => FrameLog.Page(tables, Facts.Charger, new FrameFilter(), null, 100));
        await AssertOrdered(history, "ix_frame_log_at", tables => FrameLog.Page(tables, Facts.Charger, Frames, FrameCursor, 100));
        await AssertOrdered(history, "ix_frame_log_at", tables => FrameLog.PageForward(tables, Facts.Charger, Frames, FrameCursor, 100));
        await AssertOrdered(history, "ix_authorization_request_open", tables => AuthorizationLog.OpenOf(tables, SiteScope.All(Tenant), null, 7));
        await AssertOrdered(history, "sqlite_autoindex_authorization_request_1", tables => AuthorizationLog.RequestsOf(tables, SiteScope.All(Tenant), null, 7));
        await AssertOrdered(history, "ix_authorization_request_charger", tables => AuthorizationLog.RequestsOf(tables, SiteScope.All(Tenant), "CP1", 7));
        await AssertOrdered(history, "ix_authorization_request_tag", tables => AuthorizationLog.Latest(tables, Facts.Charger, new IdTag("T")));
        await AssertOrdered(history, "ix_event", tables => FleetQueries.EventsOf(tables, SiteScope.All(Tenant), null, 7));
        await AssertOrdered(history, "ix_event_charger", tables => FleetQueries.EventsOf(tables, SiteScope.All(Tenant), "CP1", 7));
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
        await using var connection = await Open(history);
        await using var tables = SqliteEngine.Over(connection);
        return await Explain(connection, query(tables).ToSqlQuery().Sql);
    }

    private static async Task<SqliteConnection> Open(TestHistory history)
    {
        var connection = new SqliteConnection($"Data Source={history.File};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>The plan of a statement; it depends on no value, so each parameter is 1.</summary>
    private static async Task<string> Explain(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in ParameterName().Matches(sql).Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(name, 1);
        }

        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(reader.GetString(3));
        }

        return string.Join('\n', lines) + '\n';
    }

    [GeneratedRegex("@[A-Za-z_0-9]+")]
    private static partial Regex ParameterName();
}
