using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>The profiles that chargers should hold and do hold, and the library that they are made from.</summary>
[Migration(17, "Charging profiles")]
public sealed class M0017ChargingProfiles(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("profile_template").Key("tenant_id", types.Name).Key("template_id", types.Name)
            .Column("name", types.Text)
            .Column("profile", types.Text)
            .Column("row_version", types.Long);
        Create.Table("charger_profile").Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("profile_id", types.Integer)
            .Column("connector", types.Integer)
            .Optional("desired", types.Text)
            .Optional("template", types.Text)
            .Column("unwanted", types.Flag)
            .Optional("held", types.Text)
            .Optional("held_connector", types.Integer)
            .Optional("outcome", types.Text)
            .Optional("answered_at", types.Time);
    }
}
