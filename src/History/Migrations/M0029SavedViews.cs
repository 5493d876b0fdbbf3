using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Pages as users want to find them again.</summary>
[Migration(29, "Saved views")]
public sealed class M0029SavedViews(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up() =>
        Create.Table("saved_view").Key("tenant_id", types.Name).Key("owner", types.Key).Key("view_id", types.Name)
            .Column("page", types.Name)
            .Column("name", types.Text)
            .Column("search", types.Text)
            .Column("shared", types.Flag)
            .Column("row_version", types.Long);
}
