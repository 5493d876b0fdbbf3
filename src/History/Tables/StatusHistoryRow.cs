using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A status that a connector had.</summary>
[Table("status_history")]
internal sealed record StatusHistoryRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("connector")] public required int Connector { get; init; }
    [Column("status")] public required string Status { get; init; }
    [Column("error_code")] public required string ErrorCode { get; init; }
    [Column("info")] public string? Info { get; init; }
    [Column("vendor_id")] public string? VendorId { get; init; }
    [Column("vendor_error_code")] public string? VendorErrorCode { get; init; }
    [Column("device_stamp")] public required string DeviceStamp { get; init; }
    [Column("received_at")] public required DateTimeOffset ReceivedAt { get; init; }
}
