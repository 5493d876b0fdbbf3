using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>Up to where the mirror has the frames of meter values: one row for all tenants, there only with a mirror.</summary>
[Table("mirror_position")]
internal sealed record MirrorPositionRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("frame")] public required long Frame { get; init; }
}
