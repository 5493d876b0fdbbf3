using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A configured vehicle.</summary>
[Table("vehicle")]
internal sealed record VehicleRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("vehicle_id"), PrimaryKey] public required string VehicleId { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("vin")] public string? Vin { get; init; }
    [Column("evccid")] public string? Evccid { get; init; }
    [Column("site_id")] public string? SiteId { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
