using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Files that chargers fetch and files that they send, in pieces, and the addresses given to them.</summary>
[Migration(10, "Files")]
public sealed class M0010Files(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("stored_file").Key("tenant_id", types.Name).Key("id", types.Long)
            .Column("kind", types.Integer)
            .Column("name", types.Key)
            .Column("size", types.Long)
            .Column("sha256", types.Text)
            .Column("complete", types.Flag)
            .Column("created_at", types.Time)
            .Column("created_by", types.Text)
            .Optional("charger_id", types.Name)
            .Optional("command_id", types.Long);
        Create.Index("ix_file_name").On("stored_file", "tenant_id", "kind", "name");
        Create.Table("file_piece").Key("tenant_id", types.Name).Key("file_id", types.Long).Key("number", types.Integer)
            .Column("content", types.Bytes);
        Create.Table("file_grant").Key("tenant_id", types.Name).Key("secret_hash", types.Name)
            .Optional("file_id", types.Long)
            .Column("charger_id", types.Name)
            .Optional("command_id", types.Long)
            .Column("expires_at", types.Time);
    }
}
