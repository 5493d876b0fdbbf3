using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A deviation of a charger from the standard, with its latest example.</summary>
[Table("conformance_warning")]
internal sealed record ConformanceWarningRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("action")] public required string Action { get; init; }
    [Column("rule")] public required string Rule { get; init; }
    [Column("field")] public required string Field { get; init; }
    [Column("example")] public required string Example { get; init; }
    [Column("last_at")] public required DateTimeOffset LastAt { get; init; }
    [Column("count")] public required long Count { get; init; }
}
