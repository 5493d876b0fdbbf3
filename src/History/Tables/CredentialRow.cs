using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A bearer secret by its hash.</summary>
[Table("credential")]
internal sealed record CredentialRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("credential_id"), PrimaryKey] public required string CredentialId { get; init; }
    [Column("kind")] public required string Kind { get; init; }
    [Column("secret_hash"), Secret] public required byte[] SecretHash { get; init; }
    [Column("principal")] public required string Principal { get; init; }
    [Column("role")] public required string Role { get; init; }
    [Column("platform_administrator")] public required bool PlatformAdministrator { get; init; }
    [Column("permissions")] public string? Permissions { get; init; }
    [Column("sites")] public string? Sites { get; init; }
    [Column("description")] public string? Description { get; init; }
    [Column("created_at")] public required DateTimeOffset CreatedAt { get; init; }
    [Column("expires_at")] public DateTimeOffset? ExpiresAt { get; init; }
}
