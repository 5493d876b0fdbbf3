using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>What manufacturers put beside a firmware, so that chargers install no other.</summary>
[Migration(33, "FirmwareSignatures")]
public sealed class M0033FirmwareSignatures(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("stored_file").AddColumn("signing_certificate").AsCustom(types.Text).Nullable();
        Alter.Table("stored_file").AddColumn("signature").AsCustom(types.Text).Nullable();
    }
}
