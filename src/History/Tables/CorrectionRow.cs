using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>An end of a transaction that another one replaced; both ends as JSON.</summary>
[Table("correction")]
internal sealed record CorrectionRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("transaction_id")] public required long TransactionId { get; init; }
    [Column("version")] public required int Version { get; init; }
    [Column("at")] public required DateTimeOffset At { get; init; }
    [Column("before")] public required string Before { get; init; }
    [Column("after")] public required string After { get; init; }
}
