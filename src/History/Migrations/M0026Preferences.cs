using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>How users want to be shown things.</summary>
[Migration(26, "Preferences")]
public sealed class M0026Preferences(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("user_account").AddColumn("language").AsCustom(types.Name).Nullable();
        Alter.Table("user_account").AddColumn("time_zone").AsCustom(types.Name).Nullable();
        Alter.Table("user_account").AddColumn("power_unit").AsCustom(types.Name).Nullable();
    }
}
