using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>The library of operating modes; a mode without a site is the tenant's.</summary>
[Migration(27, "Operating modes")]
public sealed class M0027OperatingModes(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up() =>
        Create.Table("operating_mode").Key("tenant_id", types.Name).Key("site_id", types.Name).Key("mode_id", types.Name)
            .Column("name", types.Text)
            .Column("mode_content", types.Text)
            .Column("row_version", types.Long);
}
