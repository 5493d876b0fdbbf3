using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>What a site that gives limits might take and took, at a minute.</summary>
[Table("site_load")]
internal sealed record SiteLoadRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("site_id")] public required string SiteId { get; init; }
    [Column("at")] public required DateTimeOffset At { get; init; }
    [Column("part")] public required string Part { get; init; }
    [Column("free")] public required double Free { get; init; }
    [Column("in_force")] public required double InForce { get; init; }
    [Column("drawn")] public required double Drawn { get; init; }
    [Column("charging")] public required int Charging { get; init; }
    [Column("waiting")] public required int Waiting { get; init; }
}
