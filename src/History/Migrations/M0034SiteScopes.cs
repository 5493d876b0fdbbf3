using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Users and API keys that see some sites of their tenant only.</summary>
[Migration(34, "SiteScopes")]
public sealed class M0034SiteScopes(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("user_account").AddColumn("sites").AsCustom(types.Text).Nullable();
        Alter.Table("credential").AddColumn("sites").AsCustom(types.Text).Nullable();
    }
}
