using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A connector that is held for a tag.</summary>
[Table("reservation")]
internal sealed record ReservationRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("id"), PrimaryKey] public required long Id { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("ocpp_id")] public required int OcppId { get; init; }
    [Column("connector")] public required int Connector { get; init; }
    [Column("tag_key")] public required string TagKey { get; init; }
    [Column("id_tag")] public required string IdTag { get; init; }
    [Column("parent_id_tag")] public string? ParentIdTag { get; init; }
    [Column("site_id")] public string? SiteId { get; init; }
    [Column("expiry")] public required DateTimeOffset Expiry { get; init; }
    [Column("requested_by")] public required string RequestedBy { get; init; }
    [Column("requested_at")] public required DateTimeOffset RequestedAt { get; init; }
    [Column("idempotency_key")] public string? IdempotencyKey { get; init; }
    [Column("status")] public required int Status { get; init; }
    [Column("outcome")] public string? Outcome { get; init; }
    [Column("cancelling")] public required bool Cancelling { get; init; }
    [Column("transaction_id")] public long? TransactionId { get; init; }
    [Column("ended_at")] public DateTimeOffset? EndedAt { get; init; }
}
