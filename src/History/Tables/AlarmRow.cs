using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>An alarm that was raised.</summary>
[Table("alarm")]
internal sealed record AlarmRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("id"), PrimaryKey] public required long Id { get; init; }
    [Column("definition")] public required string Definition { get; init; }

    /// <summary>Empty for one of the tenant.</summary>
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("level")] public required int Level { get; init; }
    [Column("raised_at")] public required DateTimeOffset RaisedAt { get; init; }
    [Column("last_at")] public required DateTimeOffset LastAt { get; init; }
    [Column("occurrences")] public required int Occurrences { get; init; }
    [Column("detail")] public required string Detail { get; init; }

    /// <summary>Not acknowledged yet.</summary>
    [Column("is_open")] public required bool Open { get; init; }
    [Column("acknowledged_at")] public DateTimeOffset? AcknowledgedAt { get; init; }
    [Column("acknowledged_by")] public string? AcknowledgedBy { get; init; }
    [Column("comment")] public string? Comment { get; init; }
}
