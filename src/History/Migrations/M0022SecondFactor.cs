using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>What users present beside their password.</summary>
[Migration(22, "Second factor")]
public sealed class M0022SecondFactor(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up() => Create.Table("second_factor").Key("tenant_id", types.Name).Key("username", types.Key)
        .Column("secret", types.Bytes)
        .Column("confirmed", types.Flag)
        .Column("last_step", types.Long)
        .Column("recovery_hashes", types.Text);
}
