using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A configured charger.</summary>
[Table("charger")]
internal sealed record ChargerRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("site_id")] public string? SiteId { get; init; }
    [Column("security_profile")] public required int SecurityProfile { get; init; }
    [Column("password_hash"), Secret] public string? PasswordHash { get; init; }
    [Column("next_password_hashes"), Secret] public string? NextPasswordHashes { get; init; }
    [Column("next_security_profile")] public int? NextSecurityProfile { get; init; }
    [Column("parameters")] public string? Parameters { get; init; }
    [Column("frame_log")] public string? FrameLog { get; init; }
    [Column("ping")] public bool? Ping { get; init; }
    [Column("time_zone")] public string? TimeZone { get; init; }
    [Column("local_list")] public string? LocalList { get; init; }
    [Column("clear_cache")] public bool? ClearCache { get; init; }
    [Column("proxy_links")] public string? ProxyLinks { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
