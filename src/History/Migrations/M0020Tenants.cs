using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Tenants that come and go, and what each may use.</summary>
[Migration(20, "Tenants")]
public sealed class M0020Tenants(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("tenant").AddColumn("state").AsCustom(types.Name).NotNullable().WithDefaultValue("active");
        Alter.Table("tenant").AddColumn("max_chargers").AsCustom(types.Integer).Nullable();
        Alter.Table("tenant").AddColumn("calls_per_second").AsCustom(types.Integer).Nullable();
        Alter.Table("tenant").AddColumn("history_days").AsCustom(types.Integer).Nullable();
        Alter.Table("tenant").AddColumn("row_version").AsCustom(types.Long).NotNullable().WithDefaultValue(0);
    }
}
