using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A charger of a batch.</summary>
[Table("command_batch_item")]
internal sealed record BatchItemRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("batch_id"), PrimaryKey] public required long BatchId { get; init; }
    [Column("number"), PrimaryKey] public required int Number { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("command_id")] public long? CommandId { get; init; }
    [Column("refusal")] public string? Refusal { get; init; }
}
