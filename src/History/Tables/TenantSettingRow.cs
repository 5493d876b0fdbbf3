using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>The settings of a tenant.</summary>
[Table("tenant_setting")]
internal sealed record TenantSettingRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("unknown_chargers")] public required string UnknownChargers { get; init; }
    [Column("strict")] public required bool Strict { get; init; }
    [Column("missing_subprotocol")] public required string MissingSubprotocol { get; init; }
    [Column("frame_log")] public string? FrameLog { get; init; }
    [Column("local_list")] public string? LocalList { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
    [Column("concurrent_transactions")] public required string ConcurrentTransactions { get; init; }
}
