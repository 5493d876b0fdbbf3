using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A test of a charger before it is put to work, its steps as JSON text.</summary>
[Table("commissioning")]
internal sealed record CommissioningRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("id"), PrimaryKey] public required long Id { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("connector")] public required int Connector { get; init; }
    [Column("limit_value")] public required double Limit { get; init; }
    [Column("requested_by")] public required string RequestedBy { get; init; }
    [Column("requested_at")] public required DateTimeOffset RequestedAt { get; init; }
    [Column("ended_at")] public DateTimeOffset? EndedAt { get; init; }
    [Column("status")] public required int Status { get; init; }
    [Column("vendor")] public string? Vendor { get; init; }
    [Column("model")] public string? Model { get; init; }
    [Column("firmware")] public string? Firmware { get; init; }
    [Column("steps")] public required string Steps { get; init; }
}
