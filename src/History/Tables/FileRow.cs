using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A file without its content.</summary>
[Table("stored_file")]
internal sealed record FileRow : ITenantEntryRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("id"), PrimaryKey] public required long Id { get; init; }
    [Column("kind")] public required int Kind { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("size")] public required long Size { get; init; }
    [Column("sha256")] public required string Sha256 { get; init; }
    [Column("complete")] public required bool Complete { get; init; }
    [Column("created_at")] public required DateTimeOffset CreatedAt { get; init; }
    [Column("created_by")] public required string CreatedBy { get; init; }
    [Column("charger_id")] public string? ChargerId { get; init; }
    [Column("command_id")] public long? CommandId { get; init; }
    [Column("signing_certificate")] public string? SigningCertificate { get; init; }
    [Column("signature")] public string? Signature { get; init; }
}
