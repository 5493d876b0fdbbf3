using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Charging profiles that sites keep for themselves, beside those of their tenant.</summary>
[Migration(30, "Profile templates of sites")]
public sealed class M0030SiteProfileTemplates(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up() =>
        Create.Table("site_profile_template").Key("tenant_id", types.Name).Key("site_id", types.Name).Key("template_id", types.Name)
            .Column("name", types.Text)
            .Column("profile", types.Text)
            .Column("row_version", types.Long);
}
