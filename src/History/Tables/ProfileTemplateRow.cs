using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A charging profile to make others from, as JSON text.</summary>
[Table("profile_template")]
internal sealed record ProfileTemplateRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("template_id"), PrimaryKey] public required string TemplateId { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("profile")] public required string Profile { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
