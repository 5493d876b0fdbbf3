using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A command to a charger.</summary>
[Table("command")]
internal sealed record CommandRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("id"), PrimaryKey] public required long Id { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("action")] public required string Action { get; init; }
    [Column("payload")] public required byte[] Payload { get; init; }
    [Column("requested_by")] public required string RequestedBy { get; init; }
    [Column("idempotency_key")] public string? IdempotencyKey { get; init; }
    [Column("requested_at")] public required DateTimeOffset RequestedAt { get; init; }
    [Column("expires_at")] public required DateTimeOffset ExpiresAt { get; init; }
    [Column("status")] public required int Status { get; init; }
    [Column("message_id")] public required string MessageId { get; init; }
    [Column("sent_at")] public DateTimeOffset? SentAt { get; init; }
    [Column("ended_at")] public DateTimeOffset? EndedAt { get; init; }
    [Column("result")] public required byte[] Result { get; init; }
    [Column("error_code")] public string? ErrorCode { get; init; }
    [Column("error_description")] public string? ErrorDescription { get; init; }
    [Column("late")] public required bool Late { get; init; }
}
