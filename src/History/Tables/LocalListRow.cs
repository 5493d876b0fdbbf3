using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>The local list of a charger, beside its entries, and what is known of its authorization cache.</summary>
[Table("local_list")]
internal sealed record LocalListRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("version")] public int Version { get; init; }
    [Column("known")] public bool Known { get; init; }
    [Column("outcome")] public string? Outcome { get; init; }
    [Column("answered_at")] public DateTimeOffset? AnsweredAt { get; init; }
    [Column("unsupported_by")] public string? UnsupportedBy { get; init; }
    [Column("left_out")] public int LeftOut { get; init; }
    [Column("revision")] public long Revision { get; init; }
    [Column("cleared_for")] public long ClearedFor { get; init; }
    [Column("cleared_at")] public DateTimeOffset? ClearedAt { get; init; }
    [Column("clear_outcome")] public string? ClearOutcome { get; init; }
}
