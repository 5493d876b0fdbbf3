using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A charging transaction.</summary>
[Table("charging_transaction")]
internal sealed record TransactionRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("id"), PrimaryKey] public required long Id { get; init; }
    [Column("ocpp_id")] public required int OcppId { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("connector")] public required int Connector { get; init; }
    [Column("site_id")] public required string SiteId { get; init; }
    [Column("id_tag")] public required string IdTag { get; init; }
    [Column("tag_key")] public required string TagKey { get; init; }
    [Column("vehicle_id")] public string? VehicleId { get; init; }
    [Column("started_at")] public required DateTimeOffset StartedAt { get; init; }
    [Column("raw_start")] public required string RawStart { get; init; }
    [Column("meter_start")] public required double MeterStart { get; init; }
    [Column("start_message_id")] public required string StartMessageId { get; init; }
    [Column("again")] public required int Again { get; init; }
    [Column("received_at")] public required DateTimeOffset ReceivedAt { get; init; }
    [Column("stopped_at")] public DateTimeOffset? StoppedAt { get; init; }
    [Column("meter_stop")] public double? MeterStop { get; init; }
    [Column("stop_reason")] public string? StopReason { get; init; }
    [Column("stop_message_id")] public string? StopMessageId { get; init; }
    [Column("closed_by_system")] public required bool ClosedBySystem { get; init; }
    [Column("energy_wh")] public required double EnergyWh { get; init; }
    [Column("power_w")] public double? PowerW { get; init; }
    [Column("soc")] public double? Soc { get; init; }
    [Column("last_sample_at")] public DateTimeOffset? LastSampleAt { get; init; }
    [Column("ocpp_version")] public required string OcppVersion { get; init; }
    [Column("flags")] public required int Flags { get; init; }
    [Column("version")] public required int Version { get; init; }
}
