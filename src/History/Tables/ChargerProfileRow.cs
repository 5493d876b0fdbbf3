using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A charging profile of a charger; what is desired and what it holds are JSON text.</summary>
[Table("charger_profile")]
internal sealed record ChargerProfileRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("profile_id"), PrimaryKey] public required int ProfileId { get; init; }
    [Column("connector")] public int Connector { get; init; }
    [Column("desired")] public string? Desired { get; init; }
    [Column("template")] public string? Template { get; init; }
    [Column("unwanted")] public bool Unwanted { get; init; }
    [Column("held")] public string? Held { get; init; }
    [Column("held_connector")] public int? HeldConnector { get; init; }
    [Column("outcome")] public string? Outcome { get; init; }
    [Column("answered_at")] public DateTimeOffset? AnsweredAt { get; init; }
}
