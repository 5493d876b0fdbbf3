using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>The last status of a connector.</summary>
[Table("connector_state")]
internal sealed record ConnectorStateRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("connector"), PrimaryKey] public required int Connector { get; init; }
    [Column("status")] public required string Status { get; init; }
    [Column("error_code")] public required string ErrorCode { get; init; }
    [Column("info")] public string? Info { get; init; }
    [Column("vendor_id")] public string? VendorId { get; init; }
    [Column("vendor_error_code")] public string? VendorErrorCode { get; init; }
    [Column("device_stamp")] public required string DeviceStamp { get; init; }
    [Column("received_at")] public required DateTimeOffset ReceivedAt { get; init; }
}
