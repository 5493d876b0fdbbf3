using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>The password that a charger was given and did not come back with yet.</summary>
[Migration(23, "Next password")]
public sealed class M0023NextPassword(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up() => Alter.Table("charger").AddColumn("next_password_hash").AsCustom(types.Text).Nullable();
}
