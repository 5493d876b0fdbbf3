using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>An entry that a charger's local list holds.</summary>
[Table("local_list_entry")]
internal sealed record LocalListEntryRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("tag_key"), PrimaryKey] public required string TagKey { get; init; }
    [Column("id_tag")] public required string IdTag { get; init; }
    [Column("status")] public required string Status { get; init; }
    [Column("expiry")] public DateTimeOffset? Expiry { get; init; }
    [Column("parent")] public string? Parent { get; init; }
}
