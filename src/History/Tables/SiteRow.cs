using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A configured site.</summary>
[Table("site")]
internal sealed record SiteRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("site_id"), PrimaryKey] public required string SiteId { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("time_zone")] public required string TimeZone { get; init; }
    [Column("energy_unit")] public required string EnergyUnit { get; init; }
    [Column("limit_value")] public double? LimitValue { get; init; }
    [Column("tree")] public string? Tree { get; init; }
    [Column("smart_charging")] public string? SmartCharging { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
