using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A configuration key of a charger; <see cref="KeyId"/> is its name in upper case.</summary>
[Table("charger_key")]
internal sealed record ChargerKeyRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("key_id"), PrimaryKey] public required string KeyId { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("desired")] public string? Desired { get; init; }
    [Column("actual")] public string? Actual { get; init; }
    [Column("readonly")] public bool? Readonly { get; init; }
    [Column("unknown")] public bool Unknown { get; init; }
    [Column("outcome")] public string? Outcome { get; init; }
    [Column("read_at")] public DateTimeOffset? ReadAt { get; init; }
}
