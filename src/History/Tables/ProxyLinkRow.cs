using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>Another system that a charger is relayed to.</summary>
[Table("proxy_link")]
internal sealed record ProxyLinkRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("link_id"), PrimaryKey] public required string LinkId { get; init; }
    [Column("url")] public required string Url { get; init; }
    [Column("identity")] public required string Identity { get; init; }
    [Column("role")] public required string Role { get; init; }
    [Column("stop_on_deny")] public required bool StopOnDeny { get; init; }
    [Column("authorizes")] public required bool Authorizes { get; init; }
    [Column("fallback")] public required string Fallback { get; init; }
    [Column("password"), Secret] public byte[]? Password { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
