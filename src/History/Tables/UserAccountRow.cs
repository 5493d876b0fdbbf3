using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A user of a tenant.</summary>
[Table("user_account")]
internal sealed record UserAccountRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("username"), PrimaryKey] public required string Username { get; init; }
    [Column("password_hash"), Secret] public required string PasswordHash { get; init; }
    [Column("role")] public required string Role { get; init; }
    [Column("platform_administrator")] public required bool PlatformAdministrator { get; init; }
    [Column("disabled")] public required bool Disabled { get; init; }
    [Column("language")] public string? Language { get; init; }
    [Column("time_zone")] public string? TimeZone { get; init; }
    [Column("power_unit")] public string? PowerUnit { get; init; }
    [Column("provider_id")] public string? ProviderId { get; init; }
    [Column("subject")] public string? Subject { get; init; }
    [Column("sites")] public string? Sites { get; init; }
    [Column("alarm_levels")] public string? AlarmLevels { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
