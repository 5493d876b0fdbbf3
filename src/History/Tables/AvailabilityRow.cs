using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>Whether a connector of a charger should offer charging.</summary>
[Table("charger_availability")]
internal sealed record AvailabilityRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("connector"), PrimaryKey] public required int Connector { get; init; }
    [Column("operative")] public required bool Operative { get; init; }
    [Column("outcome")] public string? Outcome { get; init; }
}
