using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A certificate that was issued to a charger.</summary>
[Table("charger_certificate")]
internal sealed record ChargerCertificateRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("fingerprint"), PrimaryKey] public required string Fingerprint { get; init; }
    [Column("serial_number")] public required string SerialNumber { get; init; }
    [Column("not_before")] public required DateTimeOffset NotBefore { get; init; }
    [Column("not_after")] public required DateTimeOffset NotAfter { get; init; }
    [Column("issued_at")] public required DateTimeOffset IssuedAt { get; init; }
    [Column("revoked_at")] public DateTimeOffset? RevokedAt { get; init; }
    [Column("warned_at")] public DateTimeOffset? WarnedAt { get; init; }
}
