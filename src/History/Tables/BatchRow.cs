using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A command for many chargers.</summary>
[Table("command_batch")]
internal sealed record BatchRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("id"), PrimaryKey] public required long Id { get; init; }
    [Column("action")] public required string Action { get; init; }
    [Column("payload")] public required byte[] Payload { get; init; }
    [Column("requested_by")] public required string RequestedBy { get; init; }
    [Column("idempotency_key")] public string? IdempotencyKey { get; init; }
    [Column("requested_at")] public required DateTimeOffset RequestedAt { get; init; }
    [Column("per_second")] public required double PerSecond { get; init; }
    [Column("status")] public required int Status { get; init; }
}
