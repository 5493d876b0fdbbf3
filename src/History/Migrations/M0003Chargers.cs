using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>What chargers say of themselves, commands to them, and events for operators.</summary>
[Migration(3, "Chargers")]
public sealed class M0003Chargers(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        CreateStates();
        CreateCommands();
        Create.Table("conformance_warning").RowId()
            .Column("tenant_id", types.Name)
            .Column("charger_id", types.Name)
            .Column("action", types.Key)
            .Column("rule", types.Name)
            .Column("field", types.Key)
            .Column("example", types.Text)
            .Column("last_at", types.Time)
            .Column("count", types.Long);
        Create.Index("ux_conformance_warning")
            .On("conformance_warning", "tenant_id", "charger_id", "action", "rule", "field")
            .WithOptions().Unique();
        Create.Table("event").RowId()
            .Column("tenant_id", types.Name)
            .Column("at", types.Time)
            .Column("kind", types.Name)
            .Optional("charger_id", types.Name)
            .Column("detail", types.Text);
        Create.Index("ix_event").On("event", "tenant_id", "row_id");
        Create.Index("ix_event_charger").On("event", "tenant_id", "charger_id", "row_id");
    }

    private void CreateStates() =>
        Create.Table("charger_state").Key("tenant_id", types.Name).Key("charger_id", types.Name)
            .Column("online", types.Flag)
            .Optional("connection_at", types.Time)
            .Optional("ocpp_version", types.Text)
            .Optional("remote_address", types.Text)
            .Optional("seen_at", types.Time)
            .Optional("boot_at", types.Time)
            .Optional("vendor", types.Text)
            .Optional("model", types.Text)
            .Optional("serial_number", types.Text)
            .Optional("firmware", types.Text)
            .Optional("iccid", types.Text)
            .Optional("imsi", types.Text)
            .Optional("meter_type", types.Text)
            .Optional("meter_serial_number", types.Text);

    private void CreateCommands()
    {
        Create.Table("command").Key("tenant_id", types.Name).Key("id", types.Long)
            .Column("charger_id", types.Name)
            .Column("action", types.Text)
            .Column("payload", types.Bytes)
            .Column("requested_by", types.Text)
            .Optional("idempotency_key", types.Key)
            .Column("requested_at", types.Time)
            .Column("expires_at", types.Time)
            .Column("status", types.Integer)
            .Column("message_id", types.Text)
            .Optional("sent_at", types.Time)
            .Optional("ended_at", types.Time)
            .Column("result", types.Bytes)
            .Optional("error_code", types.Text)
            .Optional("error_description", types.Text)
            .Column("late", types.Flag);
        Create.Index("ix_command_charger").On("command", "tenant_id", "charger_id", "id");
        Create.Index("ix_command_idempotency").On("command", "tenant_id", "charger_id", "idempotency_key", "requested_at");

        // 0 pending, 1 sent: what an activation of a charger has to take up again.
        Execute.Sql("CREATE INDEX ix_command_open ON command (tenant_id, charger_id, id) WHERE status <= 1");
    }
}
