using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A transaction that changed since the mirror had it.</summary>
[Table("mirror_owed")]
internal sealed record MirrorOwedRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("transaction_id"), PrimaryKey] public required long TransactionId { get; init; }
    [Column("changes")] public required long Changes { get; init; }
}
