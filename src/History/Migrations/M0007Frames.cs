using EvCharge.History.Engines;
using FluentMigrator;
using FluentMigrator.Runner;

namespace EvCharge.History.Migrations;

/// <summary>The log of chargers' messages, and who has one.</summary>
[Migration(7, "Frames")]
public sealed class M0007Frames(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("frame_log")
            .Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("connection", types.Long).Key("number", types.Integer)
            .Column("at", types.Time)
            .Column("direction", types.Integer)
            .Column("kind", types.Integer)
            .Column("message_id", types.Text)
            .Column("action", types.Text)
            .Column("content", types.Bytes)
            .Column("status", types.Integer)
            .Optional("paired_with", types.Integer)
            .Optional("latency_ms", types.Integer)
            .Optional("processed_at", types.Time)
            .Column("masked", types.Flag)
            .Column("missed", types.Integer);
        Create.Index("ix_frame_log_at").On("frame_log", "tenant_id", "charger_id", "at", "connection", "number");
        Alter.Table("charger").AddColumn("frame_log").AsCustom(types.Name).Nullable();
        Alter.Table("tenant_setting").AddColumn("frame_log").AsCustom(types.Name).Nullable();

        // As in the migration of statistics: 200 chargers with 50,000 entries each.
        var sqlite = IfDatabase(ProcessorIdConstants.SQLite);
        sqlite.Insert.IntoTable("sqlite_stat1")
            .Row(new { tbl = "frame_log", idx = "sqlite_autoindex_frame_log_1", stat = "10000000 10000000 50000 500 1" })
            .Row(new { tbl = "frame_log", idx = "ix_frame_log_at", stat = "10000000 10000000 50000 2 1 1" });
    }
}
