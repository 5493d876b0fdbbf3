using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A fact about a transaction nobody can find.</summary>
[Table("orphan")]
internal sealed record OrphanRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("kind")] public required string Kind { get; init; }
    [Column("raw_transaction")] public required string RawTransaction { get; init; }
    [Column("payload_hash")] public required string PayloadHash { get; init; }
    [Column("message_id")] public required string MessageId { get; init; }
    [Column("payload")] public required string Payload { get; init; }
    [Column("first_received_at")] public required DateTimeOffset FirstReceivedAt { get; init; }
    [Column("last_received_at")] public required DateTimeOffset LastReceivedAt { get; init; }
    [Column("repeats")] public required long Repeats { get; init; }
}
