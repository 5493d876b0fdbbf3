using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>Which vehicle a tag belongs to: the one truth behind the members of both resources.</summary>
[Table("vehicle_tag")]
internal sealed record VehicleTagRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("tag_key"), PrimaryKey] public required string TagKey { get; init; }
    [Column("id_tag")] public required string IdTag { get; init; }
    [Column("vehicle_id")] public required string VehicleId { get; init; }
}
