using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>An operator of chargers.</summary>
[Table("tenant")]
internal sealed record TenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("name")] public required string Name { get; init; }
}
