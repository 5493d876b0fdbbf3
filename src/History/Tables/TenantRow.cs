using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>An operator of chargers.</summary>
[Table("tenant")]
internal sealed record TenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("state")] public required string State { get; init; }
    [Column("max_chargers")] public int? MaxChargers { get; init; }
    [Column("calls_per_second")] public int? CallsPerSecond { get; init; }
    [Column("history_days")] public int? HistoryDays { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
