using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>What is known of a charger from its own words. Each group of members carries the moment it was learnt.</summary>
[Table("charger_state")]
internal sealed record ChargerStateRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("online")] public required bool Online { get; init; }
    [Column("connection_at")] public DateTimeOffset? ConnectionAt { get; init; }
    [Column("ocpp_version")] public string? OcppVersion { get; init; }
    [Column("remote_address")] public string? RemoteAddress { get; init; }
    [Column("seen_at")] public DateTimeOffset? SeenAt { get; init; }
    [Column("boot_at")] public DateTimeOffset? BootAt { get; init; }
    [Column("vendor")] public string? Vendor { get; init; }
    [Column("model")] public string? Model { get; init; }
    [Column("serial_number")] public string? SerialNumber { get; init; }
    [Column("firmware")] public string? Firmware { get; init; }
    [Column("iccid")] public string? Iccid { get; init; }
    [Column("imsi")] public string? Imsi { get; init; }
    [Column("meter_type")] public string? MeterType { get; init; }
    [Column("meter_serial_number")] public string? MeterSerialNumber { get; init; }
}
