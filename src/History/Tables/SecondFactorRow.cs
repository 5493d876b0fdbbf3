using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>The second factor of a user.</summary>
[Table("second_factor")]
internal sealed record SecondFactorRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("username"), PrimaryKey] public required string Username { get; init; }
    [Column("secret"), Secret] public required byte[] Secret { get; init; }
    [Column("confirmed")] public required bool Confirmed { get; init; }
    [Column("last_step")] public required long LastStep { get; init; }
    [Column("recovery_hashes"), Secret] public required string RecoveryHashes { get; init; }
}
