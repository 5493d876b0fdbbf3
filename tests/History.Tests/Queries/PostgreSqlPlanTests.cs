using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.History.Commands;
using EvCharge.History.Configuration;
using EvCharge.History.Engines;
using EvCharge.History.Frames;
using EvCharge.History.Identifiers;
using EvCharge.History.Queries;
using EvCharge.History.Sessions;
using EvCharge.History.Tables;
using EvCharge.HistoryTests.Sessions;
using EvCharge.Storage;
using LinqToDB;
using LinqToDB.Data;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Queries;

/// <summary>PostgreSQL says how it would find rows among many: through an index, and in the order asked for.</summary>
[Trait(TestEngine.Trait, TestEngine.PostgreSql)]
[Trait("pain", "slow-pages")]
public sealed class PostgreSqlPlanTests
{
    private static readonly TransactionCursor Cursor = new(Facts.Noon.AddDays(6), 8_000);
    private static readonly FrameCursor FrameCursor = new(Facts.Noon.AddDays(6), 5, 7);
    private static readonly Lazy<Task<DatabaseLocation>> Grown = new(Grow);

    /// <summary>What the statements below ask for.</summary>
    private static readonly DataParameter[] Values =
    [
        new("tenant", "default"), new("charger", "CP7"), new("connector", 1), new("site", "s7"), new("tag", "TAG7"),
        new("raw_start", "raw-7"), new("meter_start", 7.0), new("ocpp_id", 7), new("first", 1), new("last", 64),
        new("ended_before", Facts.Noon, DataType.DateTimeOffset), new("inactive_since", Facts.Noon, DataType.DateTimeOffset),
        new("available_since", Facts.Noon, DataType.DateTimeOffset), new("moment", Facts.Noon.AddDays(6), DataType.DateTimeOffset), new("available", "Available"),
        new("secret_hash", new byte[] { 7 }),
    ];

    public static TheoryData<string, string> LookUps => new()
    {
        { "ix_transaction_open_charger", SessionQueries.OpenOfCharger },
        { "ix_transaction_open_tag", SessionQueries.OpenOfTag },
        { "ix_transaction_ended", SessionQueries.OpenOfConnector }, // which holds those without an end too
        { "ix_transaction_ended", SessionQueries.LastEndedOfConnector.Text },
        { "ux_transaction_start", SessionQueries.StartsOfConnector },
        { "ux_status_history", SessionQueries.StatusBefore.Text },
        { "ix_transaction_ocpp_id", SessionQueries.WithOcppId.Text },
        { "ix_transaction_open_site", SessionQueries.OverdueOfSite },
        { "ix_transaction_ocpp_id", IdStatements.OcppIdsInUse.Text },
        { "PK_connector_state", SessionQueries.StatusOfConnector },
        { "ux_credential_secret", ConfigurationQueries.CredentialOfSecret },
        { "PK_charger", ConfigurationQueries.Charger },
        { "PK_charger_connector", ConfigurationQueries.ConnectorsOfCharger },
        { "PK_tag", ConfigurationQueries.Tag },
        { "PK_vehicle_tag", ConfigurationQueries.VehicleOfTag },
    };

    [Theory]
    [MemberData(nameof(QueryPlanTests.Filters), MemberType = typeof(QueryPlanTests))]
    public async Task Every_filter_of_the_list_has_its_index(string index, TransactionFilter filter)
    {
        foreach (var cursor in new[] { null, Cursor })
        {
            await AssertOrdered(index, tables => TransactionQueries.Page(tables, SiteScope.All(Tenant), filter, cursor, 100));
        }
    }

    [Theory]
    [MemberData(nameof(LookUps))]
    public async Task What_grains_and_requests_ask_for_has_its_index(string index, string sql)
    {
        await using var connection = await TestEngine.Connect(await Grown.Value);
        await using var tables = PostgreSqlEngine.Over(connection);

        AssertUses(index, await Explain(tables, sql, [.. Values.Where(value => sql.Contains("@" + value.Name, StringComparison.Ordinal))]));
    }

    [Fact]
    public async Task Frames_commands_and_events_are_read_in_the_order_of_an_index()
    {
        await AssertOrdered("ix_meter_frame_transaction", tables => TransactionQueries.FramesOf(tables, Tenant, 5, 7).Take(100));
        await AssertOrdered("PK_command", tables => TransactionQueries.CommandsOf(tables, SiteScope.All(Tenant), null, 7_000).Take(100));
        await AssertOrdered("ix_command_charger", tables => TransactionQueries.CommandsOf(tables, SiteScope.All(Tenant), "CP7", 7_000).Take(100));
        await AssertOrdered("ix_command_open", tables => CommandLog.OpenOf(tables, Facts.Charger));
        await AssertOrdered("ix_frame_log_at", tables => FrameLog.Page(tables, Facts.Charger, new FrameFilter(), null, 100));
        await AssertOrdered("ix_frame_log_at", tables => FrameLog.Page(tables, Facts.Charger, new FrameFilter(), FrameCursor, 100));
        await AssertOrdered("ix_frame_log_at", tables => FrameLog.PageForward(tables, Facts.Charger, new FrameFilter(Facts.Noon), FrameCursor, 100));
        await AssertOrdered("ix_event", tables => FleetQueries.EventsOf(tables, SiteScope.All(Tenant), null, 7_000).Take(100));
        await AssertOrdered("ix_event_charger", tables => FleetQueries.EventsOf(tables, SiteScope.All(Tenant), "CP7", 7_000).Take(100));
    }

    private static async Task AssertOrdered<T>(string index, Func<HistoryTables, IQueryable<T>> query)
    {
        await using var connection = await TestEngine.Connect(await Grown.Value);
        await using var tables = PostgreSqlEngine.Over(connection);
        var asked = query(tables).ToSqlQuery();

        var plan = await Explain(tables, asked.Sql, [.. asked.Parameters]);

        AssertUses(index, plan);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    private static void AssertUses(string index, string plan)
    {
        Assert.Contains($" {index} ", plan.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    private static async Task<string> Explain(HistoryTables tables, string sql, DataParameter[] parameters) =>
        string.Join('\n', await tables.QueryToListAsync<string>("EXPLAIN " + sql, TestContext.Current.CancellationToken, parameters));

    /// <summary>A database with so many rows that a scan does not pay: a transaction a minute for two weeks.</summary>
    private static async Task<DatabaseLocation> Grow()
    {
        var database = await TestEngine.Migrated(TestEngine.PostgreSql);
        await using var history = TestHistory.Open(database);
        await history.Execute(
            """
            INSERT INTO charging_transaction (
                tenant_id, id, ocpp_id, charger_id, connector, site_id, id_tag, tag_key, vehicle_id, started_at, raw_start,
                meter_start, start_message_id, again, received_at, stopped_at, closed_by_system, energy_wh, ocpp_version, flags, version)
            SELECT 'default', n, n, 'CP' || n % 20, n / 20 % 2, 's' || n % 10, 'TAG' || n % 1000, 'TAG' || n % 1000, 'v' || n % 500,
                '2026-03-01 12:00Z'::timestamptz + n * interval '1 minute', 'raw-' || n, n, 'm', 0, now(),
                CASE WHEN n % 100 > 0 THEN '2026-03-01 13:00Z'::timestamptz + n * interval '1 minute' END, false, 0, 'ocpp1.6', 0, 0
            FROM generate_series(1, 20000) n;
            INSERT INTO meter_frame (
                tenant_id, charger_id, connector, transaction_id, device_stamp, payload_hash, received_at, flags, samples)
            SELECT 'default', 'CP' || n % 200, 1, n / 50, 't' || n, 'h', now(), 0, '' FROM generate_series(1, 20000) n;
            INSERT INTO command (
                tenant_id, id, charger_id, action, payload, requested_by, requested_at, expires_at, status, message_id, result, late)
            SELECT 'default', n, 'CP' || n % 200, 'Reset', '', 'eve', now(), now(), CASE WHEN n % 100 > 0 THEN 3 ELSE n % 2 END, '', '', false
            FROM generate_series(1, 20000) n;
            INSERT INTO status_history (tenant_id, charger_id, connector, status, error_code, device_stamp, received_at)
            SELECT 'default', 'CP' || n % 20, 1, 'Available', 'NoError', '', '2026-03-01 12:00Z'::timestamptz + n * interval '1 minute'
            FROM generate_series(1, 20000) n;
            INSERT INTO frame_log (
                tenant_id, charger_id, connection, number, at, direction, kind, message_id, action, content, status, masked, missed)
            SELECT 'default', 'CP' || n % 20, n / 100, n, '2026-03-01 12:00Z'::timestamptz + n * interval '1 minute', 0, 2, 'id-' || n,
                'Heartbeat', '', n % 4, false, 0
            FROM generate_series(1, 20000) n;
            INSERT INTO event (tenant_id, at, kind, charger_id, detail)
            SELECT CASE WHEN n % 50 > 0 THEN 'other' ELSE 'default' END, now(), 'kind', 'CP' || n % 200, '' FROM generate_series(1, 20000) n;
            INSERT INTO charger (tenant_id, charger_id, site_id, security_profile, row_version)
            SELECT 'default', 'CP' || n, 's' || n % 20, 0, n FROM generate_series(1, 5000) n;
            INSERT INTO charger_connector (tenant_id, charger_id, connector)
            SELECT 'default', 'CP' || n, c FROM generate_series(1, 5000) n, generate_series(1, 2) c;
            INSERT INTO connector_state (tenant_id, charger_id, connector, status, error_code, device_stamp, received_at)
            SELECT 'default', 'CP' || n, c, 'Available', 'NoError', '', now() FROM generate_series(1, 5000) n, generate_series(1, 2) c;
            INSERT INTO tag (tenant_id, tag_key, id_tag, status, sites, row_version)
            SELECT 'default', 'TAG' || n, 'TAG' || n, 'Accepted', '[]', n FROM generate_series(1, 5000) n;
            INSERT INTO vehicle_tag (tenant_id, tag_key, id_tag, vehicle_id)
            SELECT 'default', 'TAG' || n, 'TAG' || n, 'v' || n FROM generate_series(1, 5000) n;
            INSERT INTO credential (
                tenant_id, credential_id, kind, secret_hash, principal, role, platform_administrator, created_at)
            SELECT 'default', 'c' || n, 'key', sha256(n::text::bytea), 'eve', 'guest', false, now() FROM generate_series(1, 5000) n;
            ANALYZE
            """);
        return database;
    }
}
