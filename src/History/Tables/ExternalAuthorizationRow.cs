using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>The endpoint that decides on the tags of a site.</summary>
[Table("external_authorization")]
internal sealed record ExternalAuthorizationRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("site_id"), PrimaryKey] public required string SiteId { get; init; }
    [Column("url")] public required string Url { get; init; }
    [Column("deadline_seconds")] public required int DeadlineSeconds { get; init; }
    [Column("fallback")] public required string Fallback { get; init; }
    [Column("header")] public string? Header { get; init; }
    [Column("secret"), Secret] public byte[]? Secret { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
