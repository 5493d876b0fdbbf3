using FluentMigrator;
using FluentMigrator.Runner;

namespace EvCharge.History.Migrations;

/// <summary>
/// Tells SQLite's planner the shape of a grown installation (a million transactions, 5,000 chargers, 100 sites, 50,000
/// tags). It keeps no statistics by itself, and without them takes the index of start times for a charger's transactions
/// of a day. Each list gives the rows of the index, then the rows that are equal in its first column, its first two, and
/// so on (sqlite.org/fileformat2.html#stat1tab).
/// </summary>
[Migration(4, "Statistics")]
public sealed class M0004Statistics : ForwardOnlyMigration
{
    private static readonly (string Table, string Index, string Statistics)[] Shape =
    [
        ("charging_transaction", "sqlite_autoindex_charging_transaction_1", "1000000 1000000 1"),
        ("charging_transaction", "ux_transaction_start", "1000000 1000000 200 100 1 1 1 1"),
        ("charging_transaction", "ix_transaction_ocpp_id", "1000000 1000000 1 1 1"),
        ("charging_transaction", "ix_transaction_started", "1000000 1000000 2 1"),
        ("charging_transaction", "ix_transaction_charger", "1000000 1000000 200 1 1"),
        ("charging_transaction", "ix_transaction_site", "1000000 1000000 10000 1 1"),
        ("charging_transaction", "ix_transaction_tag", "1000000 1000000 20 1 1"),
        ("charging_transaction", "ix_transaction_vehicle", "1000000 1000000 200 1 1"),
        ("charging_transaction", "ix_transaction_open", "2000 2000 1 1"),
        ("charging_transaction", "ix_transaction_open_charger", "2000 2000 2 1 1"),
        ("charging_transaction", "ix_transaction_open_site", "2000 2000 20 1 1"),
        ("charging_transaction", "ix_transaction_ended", "1000000 1000000 200 100 1 1"),
        ("meter_frame", "ux_meter_frame", "50000000 50000000 10000 5000 50 1 1"),
        ("meter_frame", "ix_meter_frame_transaction", "50000000 50000000 50 1"),
        ("command", "sqlite_autoindex_command_1", "100000 100000 1"),
        ("command", "ix_command_charger", "100000 100000 20 1"),
        ("command", "ix_command_idempotency", "100000 100000 20 10 1"),
        ("command", "ix_command_open", "100 100 2 1"),
        ("event", "ix_event", "1000000 100000 1"),
        ("event", "ix_event_charger", "1000000 100000 200 1"),
    ];

    public override void Up()
    {
        var sqlite = IfDatabase(ProcessorIdConstants.SQLite);
        sqlite.Execute.Sql("ANALYZE sqlite_schema");
        foreach (var (table, index, statistics) in Shape)
        {
            sqlite.Insert.IntoTable("sqlite_stat1").Row(new { tbl = table, idx = index, stat = statistics });
        }
    }
}
