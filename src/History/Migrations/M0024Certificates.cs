using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>The authorities of tenants, the certificates of chargers, and the security profile that a charger was told to take.</summary>
[Migration(24, "Certificates")]
public sealed class M0024Certificates(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("certificate_authority").Key("tenant_id", types.Name)
            .Column("organization", types.Text)
            .Column("certificate", types.Text)
            .Column("private_key", types.Bytes)
            .Optional("trusted", types.Text)
            .Column("signs", types.Flag)
            .Column("validity_days", types.Integer)
            .Column("row_version", types.Long);
        Create.Table("charger_certificate").Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("fingerprint", types.Name)
            .Column("serial_number", types.Text)
            .Column("not_before", types.Time)
            .Column("not_after", types.Time)
            .Column("issued_at", types.Time)
            .Optional("revoked_at", types.Time)
            .Optional("warned_at", types.Time);
        Alter.Table("charger").AddColumn("next_security_profile").AsCustom(types.Integer).Nullable();
    }
}
