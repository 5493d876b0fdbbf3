using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Other systems that chargers are relayed to, and what they have not taken yet.</summary>
[Migration(31, "Proxy")]
public sealed class M0031Proxy(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Alter.Table("charger").AddColumn("proxy_links").AsCustom(types.Text).Nullable();
        Create.Table("proxy_link").Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("link_id", types.Name)
            .Column("url", types.Text)
            .Column("identity", types.Text)
            .Column("role", types.Name)
            .Column("stop_on_deny", types.Flag)
            .Column("authorizes", types.Flag)
            .Column("fallback", types.Name)
            .Optional("password", types.Bytes)
            .Column("row_version", types.Long);
        Create.Table("proxy_transaction")
            .Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("link_id", types.Name).Key("ocpp_id", types.Integer)
            .Optional("upstream_id", types.Integer)
            .Column("stopped", types.Flag)
            .Column("started_at", types.Time);
        Create.Table("proxy_message").RowId()
            .Column("tenant_id", types.Name)
            .Column("charger_id", types.Name)
            .Column("link_id", types.Name)
            .Column("action", types.Name)
            .Optional("connector", types.Integer)
            .Optional("ocpp_id", types.Integer)
            .Column("payload", types.Bytes)
            .Column("received_at", types.Time)
            .Column("attempts", types.Integer)
            .Column("parked", types.Flag)
            .Optional("problem", types.Text);
        Create.Index("ix_proxy_message").On("proxy_message", "tenant_id", "charger_id", "link_id", "row_id");
    }
}
