using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A frame of meter values, its samples packed.</summary>
[Table("meter_frame")]
internal sealed record MeterFrameRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("connector")] public required int Connector { get; init; }
    [Column("transaction_id")] public required long TransactionId { get; init; }
    [Column("device_stamp")] public required string DeviceStamp { get; init; }
    [Column("payload_hash")] public required string PayloadHash { get; init; }
    [Column("received_at")] public required DateTimeOffset ReceivedAt { get; init; }
    [Column("flags")] public required int Flags { get; init; }
    [Column("samples")] public required byte[] Samples { get; init; }
}
