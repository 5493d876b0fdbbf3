using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>What a charger reported about a command later.</summary>
[Table("command_follow_up")]
internal sealed record FollowUpRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("command_id")] public required long CommandId { get; init; }
    [Column("message_id")] public required string MessageId { get; init; }
    [Column("status")] public required string Status { get; init; }
    [Column("at")] public required DateTimeOffset At { get; init; }
    [Column("action")] public required string Action { get; init; }
    [Column("payload")] public required string Payload { get; init; }
}
