using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>An address that one charger may fetch a file from, or send one to; <see cref="SecretHash"/> is SHA-256 in hex.</summary>
[Table("file_grant")]
internal sealed record FileGrantRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("secret_hash"), PrimaryKey, Secret] public required string SecretHash { get; init; }
    [Column("file_id")] public long? FileId { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("command_id")] public long? CommandId { get; init; }
    [Column("expires_at")] public required DateTimeOffset ExpiresAt { get; init; }
}
