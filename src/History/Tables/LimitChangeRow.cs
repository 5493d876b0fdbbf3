using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A limit that a charger took from its site.</summary>
[Table("limit_change")]
internal sealed record LimitChangeRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("site_id")] public required string SiteId { get; init; }
    [Column("at")] public required DateTimeOffset At { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("connector")] public required int Connector { get; init; }
    [Column("transaction_id")] public long? TransactionId { get; init; }
    [Column("limit_a")] public required double Limit { get; init; }
    [Column("drawn_a")] public double? Drawn { get; init; }
    [Column("reason")] public required string Reason { get; init; }
}
