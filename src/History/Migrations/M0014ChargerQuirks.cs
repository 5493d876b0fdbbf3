using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>What a charger needs beside what its model says.</summary>
[Migration(14, "Charger quirks")]
public sealed class M0014ChargerQuirks(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("charger").AddColumn("ping").AsCustom(types.Flag).Nullable();
        Alter.Table("charger").AddColumn("time_zone").AsCustom(types.Text).Nullable();
    }
}
