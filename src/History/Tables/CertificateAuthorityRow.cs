using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>Who signs the certificates of a tenant's chargers.</summary>
[Table("certificate_authority")]
internal sealed record CertificateAuthorityRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("organization")] public required string Organization { get; init; }
    [Column("certificate")] public required string Certificate { get; init; }
    [Column("private_key"), Secret] public required byte[] PrivateKey { get; init; }
    [Column("trusted")] public string? Trusted { get; init; }
    [Column("signs")] public required bool Signs { get; init; }
    [Column("validity_days")] public required int ValidityDays { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
