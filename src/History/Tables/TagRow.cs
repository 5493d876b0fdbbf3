using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A configured tag. The key is the tag upper-cased: tags that differ only in case are the same.</summary>
[Table("tag")]
internal sealed record TagRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("tag_key"), PrimaryKey] public required string TagKey { get; init; }
    [Column("id_tag")] public required string IdTag { get; init; }
    [Column("status")] public required string Status { get; init; }
    [Column("expiry")] public DateTimeOffset? Expiry { get; init; }
    [Column("parent")] public string? Parent { get; init; }
    [Column("sites")] public required string Sites { get; init; }
    [Column("priority")] public int? Priority { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
    [Column("concurrent_transactions")] public string? ConcurrentTransactions { get; init; }

    /// <summary>Minutes since midnight.</summary>
    [Column("departure")] public int? Departure { get; init; }
    [Column("energy_wh")] public double? EnergyWh { get; init; }
}
