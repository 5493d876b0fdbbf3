using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A question about a tag that its configuration did not decide.</summary>
[Table("authorization_request")]
internal sealed record AuthorizationRequestRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("id"), PrimaryKey] public required long Id { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("site_id")] public required string SiteId { get; init; }
    [Column("connector")] public int? Connector { get; init; }
    [Column("id_tag")] public required string IdTag { get; init; }
    [Column("tag_key")] public required string TagKey { get; init; }
    [Column("cause")] public required string Cause { get; init; }
    [Column("tag_status")] public required string TagStatus { get; init; }
    [Column("asked_at")] public required DateTimeOffset AskedAt { get; init; }
    [Column("expires_at")] public required DateTimeOffset ExpiresAt { get; init; }
    [Column("state")] public required int State { get; init; }
    [Column("status")] public string? Status { get; init; }
    [Column("expiry")] public DateTimeOffset? Expiry { get; init; }
    [Column("parent")] public string? Parent { get; init; }
    [Column("decided_by")] public string? DecidedBy { get; init; }
    [Column("decided_at")] public DateTimeOffset? DecidedAt { get; init; }
    [Column("detail")] public string? Detail { get; init; }
}
