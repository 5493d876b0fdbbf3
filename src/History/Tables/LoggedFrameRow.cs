using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>An entry of a charger's frame log.</summary>
[Table("frame_log")]
internal sealed record LoggedFrameRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("connection"), PrimaryKey] public required long Connection { get; init; }
    [Column("number"), PrimaryKey] public required int Number { get; init; }
    [Column("at")] public required DateTimeOffset At { get; init; }
    [Column("direction")] public required int Direction { get; init; }
    [Column("kind")] public required int Kind { get; init; }
    [Column("message_id")] public required string MessageId { get; init; }
    [Column("action")] public required string Action { get; init; }
    [Column("content")] public required byte[] Content { get; init; }
    [Column("status")] public required int Status { get; init; }
    [Column("paired_with")] public int? PairedWith { get; init; }
    [Column("latency_ms")] public int? LatencyMs { get; init; }
    [Column("processed_at")] public DateTimeOffset? ProcessedAt { get; init; }
    [Column("masked")] public required bool Masked { get; init; }
    [Column("missed")] public required int Missed { get; init; }
}
