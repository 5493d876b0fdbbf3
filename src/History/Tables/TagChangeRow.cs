using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>The last changes of a tenant's tags, by their row version.</summary>
[Table("tag_change")]
internal sealed record TagChangeRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("changed")] public required long Changed { get; init; }
    [Column("revoked")] public required long Revoked { get; init; }
}
