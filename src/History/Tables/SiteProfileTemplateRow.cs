using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A charging profile that a site keeps for itself, as JSON text.</summary>
[Table("site_profile_template")]
internal sealed record SiteProfileTemplateRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("site_id"), PrimaryKey] public required string SiteId { get; init; }
    [Column("template_id"), PrimaryKey] public required string TemplateId { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("profile")] public required string Profile { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
