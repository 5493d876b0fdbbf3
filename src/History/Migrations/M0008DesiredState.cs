using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>What chargers should be set to, and what they say they are.</summary>
[Migration(8, "Desired state")]
public sealed class M0008DesiredState(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("charger_key")
            .Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("key_id", types.Name)
            .Column("name", types.Text)
            .Optional("desired", types.Text)
            .Optional("actual", types.Text)
            .Optional("readonly", types.Flag)
            .Column("unknown", types.Flag)
            .Optional("outcome", types.Text)
            .Optional("read_at", types.Time);
        Create.Table("charger_availability")
            .Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("connector", types.Integer)
            .Column("operative", types.Flag)
            .Optional("outcome", types.Text);
    }
}
