using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>When the vehicle of a tag leaves, and what it needs until then.</summary>
[Migration(18, "Charging needs")]
public sealed class M0018ChargingNeeds(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("tag").AddColumn("departure").AsCustom(types.Integer).Nullable();
        Alter.Table("tag").AddColumn("energy_wh").AsCustom(types.Number).Nullable();
    }
}
