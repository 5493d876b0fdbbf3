using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Roles that tenants make, and API keys that may do less than their role.</summary>
[Migration(25, "Roles")]
public sealed class M0025Roles(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("custom_role").Key("tenant_id", types.Name).Key("role", types.Name)
            .Column("description", types.Text)
            .Column("permissions", types.Text)
            .Column("row_version", types.Long);
        Alter.Table("credential").AddColumn("permissions").AsCustom(types.Text).Nullable();
    }
}
