using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Companies' OpenID Connect providers, and whom of theirs a user is.</summary>
[Migration(32, "IdentityProviders")]
public sealed class M0032IdentityProviders(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("identity_provider").Key("tenant_id", types.Name).Key("provider_id", types.Name)
            .Column("name", types.Text)
            .Column("issuer", types.Text)
            .Column("client_id", types.Text)
            .Optional("client_secret", types.Bytes)
            .Column("scopes", types.Text)
            .Column("username_claim", types.Text)
            .Optional("role_claim", types.Text)
            .Column("roles", types.Text)
            .Optional("default_role", types.Name)
            .Column("disabled", types.Flag)
            .Column("row_version", types.Long);
        Alter.Table("user_account").AddColumn("provider_id").AsCustom(types.Name).Nullable();
        Alter.Table("user_account").AddColumn("subject").AsCustom(types.Key).Nullable();
    }
}
