using EvCharge.History.Engines;
using FluentMigrator;
using FluentMigrator.Runner;

namespace EvCharge.History.Migrations;

/// <summary>Who decides on tags, what was asked, and how many transactions a tag may run.</summary>
[Migration(6, "Authorization")]
public sealed class M0006Authorization(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        LimitTransactionsOfTags();
        CreateAuthorities();
        CreateRequests();
    }

    private void LimitTransactionsOfTags()
    {
        Alter.Table("tag").AddColumn("concurrent_transactions").AsCustom(types.Text).Nullable();
        Alter.Table("tenant_setting").AddColumn("concurrent_transactions").AsCustom(types.Text).NotNullable().WithDefaultValue("allow");
        Execute.Sql("CREATE INDEX ix_transaction_open_tag ON charging_transaction (tenant_id, tag_key, id) WHERE stopped_at IS NULL");
        IfDatabase(ProcessorIdConstants.SQLite).Insert.IntoTable("sqlite_stat1")
            .Row(new { tbl = "charging_transaction", idx = "ix_transaction_open_tag", stat = "2000 2000 1 1" });
    }

    private void CreateAuthorities()
    {
        Create.Table("authorization_takeover")
            .Key("tenant_id", types.Name).Key("scope", types.Name).Key("name", types.Name)
            .Column("mode", types.Text)
            .Column("until", types.Time)
            .Column("deadline_seconds", types.Integer)
            .Column("on_timeout", types.Text)
            .Column("set_by", types.Text)
            .Column("set_at", types.Time)
            .Column("row_version", types.Long);
        Create.Table("external_authorization").Key("tenant_id", types.Name).Key("site_id", types.Name)
            .Column("url", types.Text)
            .Column("deadline_seconds", types.Integer)
            .Column("fallback", types.Text)
            .Optional("header", types.Text)
            .Optional("secret", types.Bytes)
            .Column("row_version", types.Long);
    }

    private void CreateRequests()
    {
        Create.Table("authorization_request").Key("tenant_id", types.Name).Key("id", types.Long)
            .Column("charger_id", types.Name)
            .Column("site_id", types.Name)
            .Optional("connector", types.Integer)
            .Column("id_tag", types.Text)
            .Column("tag_key", types.Key)
            .Column("cause", types.Text)
            .Column("tag_status", types.Text)
            .Column("asked_at", types.Time)
            .Column("expires_at", types.Time)
            .Column("state", types.Integer)
            .Optional("status", types.Text)
            .Optional("expiry", types.Time)
            .Optional("parent", types.Text)
            .Optional("decided_by", types.Text)
            .Optional("decided_at", types.Time)
            .Optional("detail", types.Text);
        Create.Index("ix_authorization_request_charger").On("authorization_request", "tenant_id", "charger_id", "id");
        Create.Index("ix_authorization_request_tag").On("authorization_request", "tenant_id", "charger_id", "tag_key", "id");

        // 0 open: what operators look at, a handful among all that was ever asked.
        Execute.Sql("CREATE INDEX ix_authorization_request_open ON authorization_request (tenant_id, id) WHERE state = 0");
    }
}
