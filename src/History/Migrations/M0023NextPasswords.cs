using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Passwords that a charger was given and did not come back with yet.</summary>
[Migration(23, "Next passwords")]
public sealed class M0023NextPasswords(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up() => Alter.Table("charger").AddColumn("next_password_hashes").AsCustom(types.Text).Nullable();
}
