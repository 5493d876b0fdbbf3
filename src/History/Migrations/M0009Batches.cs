using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Commands for many chargers.</summary>
[Migration(9, "Batches")]
public sealed class M0009Batches(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("command_batch").Key("tenant_id", types.Name).Key("id", types.Long)
            .Column("action", types.Text)
            .Column("payload", types.Bytes)
            .Column("requested_by", types.Text)
            .Optional("idempotency_key", types.Key)
            .Column("requested_at", types.Time)
            .Column("per_second", types.Number)
            .Column("status", types.Integer);
        Create.Index("ix_batch_idempotency").On("command_batch", "tenant_id", "idempotency_key", "requested_at");
        Create.Table("command_batch_item").Key("tenant_id", types.Name).Key("batch_id", types.Long).Key("number", types.Integer)
            .Column("charger_id", types.Name)
            .Optional("command_id", types.Long)
            .Optional("refusal", types.Text);
    }
}
