using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>What chargers showed in the tests before they were put to work.</summary>
[Migration(28, "Commissioning")]
public sealed class M0028Commissioning(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("commissioning").Key("tenant_id", types.Name).Key("id", types.Long)
            .Column("charger_id", types.Name)
            .Column("connector", types.Integer)
            .Column("limit_value", types.Number)
            .Column("requested_by", types.Text)
            .Column("requested_at", types.Time)
            .Optional("ended_at", types.Time)
            .Column("status", types.Integer)
            .Optional("vendor", types.Text)
            .Optional("model", types.Text)
            .Optional("firmware", types.Text)
            .Column("steps", types.Text);
        Create.Index("ix_commissioning_charger").On("commissioning", "tenant_id", "charger_id", "id");
    }
}
