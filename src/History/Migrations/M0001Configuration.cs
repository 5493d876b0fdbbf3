using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Tenants and what they configure.</summary>
[Migration(1, "Configuration")]
public sealed class M0001Configuration(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        CreateTenants();
        CreateSites();
        CreateTags();
        CreateUsers();
        Insert.IntoTable("tenant").Row(new { tenant_id = "default", name = "default" });
    }

    private void CreateTenants()
    {
        Create.Table("tenant").Key("tenant_id", types.Name).Column("name", types.Text);
        Create.Table("tenant_setting").Key("tenant_id", types.Name)
            .Column("unknown_chargers", types.Text)
            .Column("strict", types.Flag)
            .Column("missing_subprotocol", types.Text)
            .Column("row_version", types.Long);
        Create.Table("id_block").Key("tenant_id", types.Name).Key("name", types.Name).Column("next_value", types.Long);
    }

    private void CreateSites()
    {
        Create.Table("site").Key("tenant_id", types.Name).Key("site_id", types.Name)
            .Column("name", types.Text)
            .Column("time_zone", types.Text)
            .Column("energy_unit", types.Text)
            .Optional("limit_value", types.Number)
            .Optional("tree", types.Text)
            .Optional("smart_charging", types.Text)
            .Column("row_version", types.Long);
        Create.Table("charger").Key("tenant_id", types.Name).Key("charger_id", types.Name)
            .Optional("site_id", types.Name)
            .Column("security_profile", types.Integer)
            .Optional("password_hash", types.Text)
            .Optional("parameters", types.Text)
            .Column("row_version", types.Long);
        Create.Index("ix_charger_site").On("charger", "tenant_id", "site_id", "charger_id");
        Create.Table("charger_connector")
            .Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("connector", types.Integer)
            .Optional("parameters", types.Text);
    }

    private void CreateTags()
    {
        Create.Table("tag").Key("tenant_id", types.Name).Key("tag_key", types.Key)
            .Column("id_tag", types.Text)
            .Column("status", types.Text)
            .Optional("expiry", types.Time)
            .Optional("parent", types.Text)
            .Column("sites", types.Text)
            .Optional("priority", types.Integer)
            .Column("row_version", types.Long);
        Create.Table("vehicle").Key("tenant_id", types.Name).Key("vehicle_id", types.Key)
            .Column("name", types.Text)
            .Optional("vin", types.Text)
            .Optional("evccid", types.Text)
            .Optional("site_id", types.Name)
            .Column("row_version", types.Long);
        Create.Table("vehicle_tag").Key("tenant_id", types.Name).Key("tag_key", types.Key)
            .Column("id_tag", types.Text)
            .Column("vehicle_id", types.Key);
        Create.Index("ix_vehicle_tag_vehicle").On("vehicle_tag", "tenant_id", "vehicle_id", "tag_key");
    }

    private void CreateUsers()
    {
        Create.Table("user_account").Key("tenant_id", types.Name).Key("username", types.Key)
            .Column("password_hash", types.Text)
            .Column("role", types.Text)
            .Column("platform_administrator", types.Flag)
            .Column("disabled", types.Flag)
            .Column("row_version", types.Long);
        Create.Table("credential").Key("tenant_id", types.Name).Key("credential_id", types.Key)
            .Column("kind", types.Name)
            .Column("secret_hash", types.Hash)
            .Column("principal", types.Text)
            .Column("role", types.Text)
            .Column("platform_administrator", types.Flag)
            .Optional("description", types.Text)
            .Column("created_at", types.Time)
            .Optional("expires_at", types.Time);

        // The secret says whose it is, so this key alone is not led by the tenant.
        Create.Index("ux_credential_secret").On("credential", "secret_hash").WithOptions().Unique();
        Create.Index("ix_credential_kind").On("credential", "tenant_id", "kind", "credential_id");
        Create.Index("ix_credential_expiry").On("credential", "tenant_id", "expires_at");
    }
}
