using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;
using EvCharge.History.Tables;
using EvCharge.Storage;

namespace EvCharge.History.Reservations;

/// <summary>A reservation as a row and back.</summary>
internal static class ReservationRows
{
    public static ReservationRow ToRow(this Reservation reservation, string? idempotencyKey) => new()
    {
        TenantId = reservation.Charger.Tenant.Value,
        Id = reservation.Id,
        ChargerId = reservation.Charger.Name,
        OcppId = reservation.OcppId,
        Connector = reservation.Connector,
        TagKey = KeyOf(reservation.IdTag),
        IdTag = reservation.IdTag.Value,
        ParentIdTag = reservation.ParentIdTag?.Value,
        SiteId = reservation.Site,
        Expiry = reservation.Expiry,
        RequestedBy = reservation.RequestedBy,
        RequestedAt = reservation.RequestedAt,
        IdempotencyKey = idempotencyKey,
        Status = (int)reservation.Status,
        Outcome = reservation.Outcome,
        Cancelling = reservation.Cancelling,
        TransactionId = reservation.TransactionId,
        EndedAt = reservation.EndedAt,
    };

    public static Reservation ToReservation(this ReservationRow row) => new()
    {
        Charger = new ChargerId(new TenantId(row.TenantId), row.ChargerId),
        Id = row.Id,
        Connector = row.Connector,
        IdTag = new IdTag(row.IdTag),
        ParentIdTag = row.ParentIdTag is null ? null : new IdTag(row.ParentIdTag),
        Site = row.SiteId,
        Expiry = row.Expiry,
        RequestedBy = row.RequestedBy,
        RequestedAt = row.RequestedAt,
        Status = (ReservationStatus)row.Status,
        Outcome = row.Outcome,
        Cancelling = row.Cancelling,
        TransactionId = row.TransactionId,
        EndedAt = row.EndedAt,
    };

    public static string KeyOf(IdTag tag) => StorableValue.Key(tag.Key);
}
