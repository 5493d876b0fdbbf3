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

    /// <summary>Bit n stands for level n; null, as the other three then are, for what the role has.</summary>
    [Column("alarms_display")] public int? AlarmsDisplay { get; init; }
    [Column("alarms_acknowledge")] public int? AlarmsAcknowledge { get; init; }
    [Column("alarms_mask")] public int? AlarmsMask { get; init; }
    [Column("alarms_maintenance")] public int? AlarmsMaintenance { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
