using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>The lists that chargers decide by without asking, and what has to be cleared from their caches.</summary>
[Migration(16, "Local lists")]
public sealed class M0016LocalLists(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("charger").AddColumn("local_list").AsCustom(types.Text).Nullable();
        Alter.Table("charger").AddColumn("clear_cache").AsCustom(types.Flag).Nullable();
        Alter.Table("tenant_setting").AddColumn("local_list").AsCustom(types.Text).Nullable();
        Create.Table("tag_change").Key("tenant_id", types.Name).Column("changed", types.Long).Column("revoked", types.Long);
        Create.Table("local_list").Key("tenant_id", types.Name).Key("charger_id", types.Name)
            .Column("version", types.Integer)
            .Column("known", types.Flag)
            .Optional("outcome", types.Text)
            .Optional("answered_at", types.Time)
            .Optional("unsupported_by", types.Text)
            .Column("left_out", types.Integer)
            .Column("revision", types.Long)
            .Column("cleared_for", types.Long)
            .Optional("cleared_at", types.Time)
            .Optional("clear_outcome", types.Text);
        Create.Table("local_list_entry").Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("tag_key", types.Name)
            .Column("id_tag", types.Text)
            .Column("status", types.Text)
            .Optional("expiry", types.Time)
            .Optional("parent", types.Text);
    }
}
