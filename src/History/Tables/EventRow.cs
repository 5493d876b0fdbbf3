using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>Something an operator should be able to find later.</summary>
[Table("event")]
internal sealed record EventRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("at")] public required DateTimeOffset At { get; init; }
    [Column("kind")] public required string Kind { get; init; }
    [Column("charger_id")] public string? ChargerId { get; init; }
    [Column("detail")] public required string Detail { get; init; }
}
