using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Transactions, samples, statuses and what could not be attributed.</summary>
[Migration(2, "Sessions")]
public sealed class M0002Sessions(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        CreateTransactions();
        IndexTransactions();
        CreateMeterFrames();
        CreateStatuses();
        CreateOrphans();
    }

    private void CreateTransactions() =>
        Create.Table("charging_transaction").Key("tenant_id", types.Name).Key("id", types.Long)
            .Column("ocpp_id", types.Integer)
            .Column("charger_id", types.Name)
            .Column("connector", types.Integer)
            .Column("site_id", types.Name)
            .Column("id_tag", types.Text)
            .Column("tag_key", types.Key)
            .Optional("vehicle_id", types.Key)
            .Column("started_at", types.Time)
            .Column("raw_start", types.Key)
            .Column("meter_start", types.Number)
            .Column("start_message_id", types.Text)
            .Column("again", types.Integer)
            .Column("received_at", types.Time)
            .Optional("stopped_at", types.Time)
            .Optional("meter_stop", types.Number)
            .Optional("stop_reason", types.Text)
            .Optional("stop_message_id", types.Text)
            .Column("closed_by_system", types.Flag)
            .Column("energy_wh", types.Number)
            .Optional("power_w", types.Number)
            .Optional("soc", types.Number)
            .Optional("last_sample_at", types.Time)
            .Column("ocpp_version", types.Text)
            .Column("flags", types.Integer)
            .Column("version", types.Integer);

    private void IndexTransactions()
    {
        const string Table = "charging_transaction";
        Create.Index("ux_transaction_start")
            .On(Table, "tenant_id", "charger_id", "connector", "raw_start", "tag_key", "meter_start", "again")
            .WithOptions().Unique();
        Create.Index("ix_transaction_ocpp_id").On(Table, "tenant_id", "ocpp_id", "charger_id", "id");
        Create.Index("ix_transaction_started").On(Table, "tenant_id", "started_at", "id");
        Create.Index("ix_transaction_charger").On(Table, "tenant_id", "charger_id", "started_at", "id");
        Create.Index("ix_transaction_site").On(Table, "tenant_id", "site_id", "started_at", "id");
        Create.Index("ix_transaction_tag").On(Table, "tenant_id", "tag_key", "started_at", "id");
        Create.Index("ix_transaction_vehicle").On(Table, "tenant_id", "vehicle_id", "started_at", "id");

        // Running transactions are few among millions: indexes that hold only them stay small and hot.
        Execute.Sql("CREATE INDEX ix_transaction_open ON charging_transaction (tenant_id, started_at, id) WHERE stopped_at IS NULL");
        Execute.Sql("CREATE INDEX ix_transaction_open_charger ON charging_transaction (tenant_id, charger_id, started_at, id) WHERE stopped_at IS NULL");
        Execute.Sql("CREATE INDEX ix_transaction_open_site ON charging_transaction (tenant_id, site_id, started_at, id) WHERE stopped_at IS NULL");
        Create.Index("ix_transaction_ended").On(Table, "tenant_id", "charger_id", "connector", "stopped_at", "id");
        Create.Table("correction").RowId()
            .Column("tenant_id", types.Name)
            .Column("transaction_id", types.Long)
            .Column("version", types.Integer)
            .Column("at", types.Time)
            .Column("before", types.Text)
            .Column("after", types.Text);
        Create.Index("ux_correction").On("correction", "tenant_id", "transaction_id", "version").WithOptions().Unique();
    }

    private void CreateMeterFrames()
    {
        Create.Table("meter_frame").RowId()
            .Column("tenant_id", types.Name)
            .Column("charger_id", types.Name)
            .Column("connector", types.Integer)
            .Column("transaction_id", types.Long)
            .Column("device_stamp", types.Key)
            .Column("payload_hash", types.Name)
            .Column("received_at", types.Time)
            .Column("flags", types.Integer)
            .Column("samples", types.Bytes);
        Create.Index("ux_meter_frame")
            .On("meter_frame", "tenant_id", "charger_id", "connector", "transaction_id", "device_stamp", "payload_hash")
            .WithOptions().Unique();
        Create.Index("ix_meter_frame_transaction").On("meter_frame", "tenant_id", "transaction_id", "row_id");
    }

    private void CreateStatuses()
    {
        Create.Table("connector_state")
            .Key("tenant_id", types.Name).Key("charger_id", types.Name).Key("connector", types.Integer)
            .Column("status", types.Key)
            .Column("error_code", types.Key)
            .Optional("info", types.Text)
            .Optional("vendor_id", types.Text)
            .Optional("vendor_error_code", types.Text)
            .Column("device_stamp", types.Text)
            .Column("received_at", types.Time);
        Create.Table("status_history").RowId()
            .Column("tenant_id", types.Name)
            .Column("charger_id", types.Name)
            .Column("connector", types.Integer)
            .Column("status", types.Key)
            .Column("error_code", types.Key)
            .Optional("info", types.Text)
            .Optional("vendor_id", types.Text)
            .Optional("vendor_error_code", types.Text)
            .Column("device_stamp", types.Text)
            .Column("received_at", types.Time);
        Create.Index("ux_status_history")
            .On("status_history", "tenant_id", "charger_id", "connector", "received_at", "status", "error_code")
            .WithOptions().Unique();
    }

    private void CreateOrphans()
    {
        Create.Table("orphan").RowId()
            .Column("tenant_id", types.Name)
            .Column("charger_id", types.Name)
            .Column("kind", types.Name)
            .Column("raw_transaction", types.Key)
            .Column("payload_hash", types.Name)
            .Column("message_id", types.Text)
            .Column("payload", types.Text)
            .Column("first_received_at", types.Time)
            .Column("last_received_at", types.Time)
            .Column("repeats", types.Long);
        Create.Index("ux_orphan")
            .On("orphan", "tenant_id", "charger_id", "kind", "raw_transaction", "payload_hash")
            .WithOptions().Unique();
    }
}
