using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>An OpenID Connect provider whose people sign in to a tenant.</summary>
[Table("identity_provider")]
internal sealed record IdentityProviderRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("provider_id"), PrimaryKey] public required string ProviderId { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("issuer")] public required string Issuer { get; init; }
    [Column("client_id")] public required string ClientId { get; init; }
    [Column("client_secret"), Secret] public byte[]? ClientSecret { get; init; }
    [Column("scopes")] public required string Scopes { get; init; }
    [Column("username_claim")] public required string UsernameClaim { get; init; }
    [Column("role_claim")] public string? RoleClaim { get; init; }
    [Column("roles")] public required string Roles { get; init; }
    [Column("default_role")] public string? DefaultRole { get; init; }
    [Column("disabled")] public required bool Disabled { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
