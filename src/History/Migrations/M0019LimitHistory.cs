using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>How sites shared: the limits that chargers took, and what the sites took.</summary>
[Migration(19, "Limit history")]
public sealed class M0019LimitHistory(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("limit_change").RowId()
            .Column("tenant_id", types.Name)
            .Column("site_id", types.Name)
            .Column("at", types.Time)
            .Column("charger_id", types.Name)
            .Column("connector", types.Integer)
            .Optional("transaction_id", types.Long)
            .Column("limit_a", types.Number)
            .Optional("drawn_a", types.Number)
            .Column("reason", types.Name);
        Create.Index("ix_limit_change").On("limit_change", "tenant_id", "site_id", "at", "row_id");
        Create.Index("ix_limit_change_charger").On("limit_change", "tenant_id", "site_id", "charger_id", "at", "row_id");
        Create.Table("site_load").RowId()
            .Column("tenant_id", types.Name)
            .Column("site_id", types.Name)
            .Column("at", types.Time)
            .Column("part", types.Name)
            .Column("free", types.Number)
            .Column("in_force", types.Number)
            .Column("drawn", types.Number)
            .Column("charging", types.Integer)
            .Column("waiting", types.Integer);
        Create.Index("ix_site_load").On("site_load", "tenant_id", "site_id", "at", "row_id");
    }
}
