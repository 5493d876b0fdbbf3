using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>What keeps alarms from being raised until a moment.</summary>
[Table("alarm_suppression")]
internal sealed record AlarmSuppressionRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("id"), PrimaryKey] public required long Id { get; init; }
    [Column("kind")] public required int Kind { get; init; }

    /// <summary>Empty for all.</summary>
    [Column("definition")] public required string Definition { get; init; }

    /// <summary>Empty for all.</summary>
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("levels")] public required int Levels { get; init; }
    [Column("until")] public required DateTimeOffset Until { get; init; }
    [Column("reason")] public required string Reason { get; init; }
    [Column("set_by")] public required string SetBy { get; init; }
    [Column("set_at")] public required DateTimeOffset SetAt { get; init; }
}
