using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>An entry of the audit log.</summary>
[Table("audit")]
internal sealed record AuditRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("number"), PrimaryKey] public required long Id { get; init; }
    [Column("at")] public required DateTimeOffset At { get; init; }
    [Column("author")] public required string Author { get; init; }
    [Column("address")] public string? Address { get; init; }
    [Column("action")] public required string Action { get; init; }
    [Column("target")] public required string Target { get; init; }
    [Column("before_change")] public string? Before { get; init; }
    [Column("after_change")] public string? After { get; init; }
    [Column("hash")] public required string Hash { get; init; }
}
