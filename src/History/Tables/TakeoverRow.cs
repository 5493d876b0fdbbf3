using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>The authorization of a charger or a site, taken over for a while.</summary>
[Table("authorization_takeover")]
internal sealed record TakeoverRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("scope"), PrimaryKey] public required string Scope { get; init; }
    [Column("name"), PrimaryKey] public required string Name { get; init; }
    [Column("mode")] public required string Mode { get; init; }
    [Column("until")] public required DateTimeOffset Until { get; init; }
    [Column("deadline_seconds")] public required int DeadlineSeconds { get; init; }
    [Column("on_timeout")] public required string OnTimeout { get; init; }
    [Column("set_by")] public required string SetBy { get; init; }
    [Column("set_at")] public required DateTimeOffset SetAt { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
