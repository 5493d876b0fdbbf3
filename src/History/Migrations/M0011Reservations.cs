using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Connectors that are held for tags.</summary>
[Migration(11, "Reservations")]
public sealed class M0011Reservations(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("reservation").Key("tenant_id", types.Name).Key("id", types.Long)
            .Column("charger_id", types.Name)
            .Column("ocpp_id", types.Integer)
            .Column("connector", types.Integer)
            .Column("tag_key", types.Name)
            .Column("id_tag", types.Text)
            .Optional("parent_id_tag", types.Text)
            .Optional("site_id", types.Name)
            .Column("expiry", types.Time)
            .Column("requested_by", types.Text)
            .Column("requested_at", types.Time)
            .Optional("idempotency_key", types.Key)
            .Column("status", types.Integer)
            .Optional("outcome", types.Text)
            .Column("cancelling", types.Flag)
            .Optional("transaction_id", types.Long)
            .Optional("ended_at", types.Time);
        Create.Index("ix_reservation_charger").On("reservation", "tenant_id", "charger_id", "status", "id");
        Create.Index("ix_reservation_ocpp").On("reservation", "tenant_id", "charger_id", "ocpp_id");
        Create.Index("ix_reservation_tag").On("reservation", "tenant_id", "tag_key", "id");
        Create.Index("ix_reservation_site").On("reservation", "tenant_id", "site_id", "id");
        Create.Index("ix_reservation_expiry").On("reservation", "tenant_id", "status", "expiry");
        Create.Index("ix_reservation_idempotency").On("reservation", "tenant_id", "idempotency_key", "requested_at");
    }
}
