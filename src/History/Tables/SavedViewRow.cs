using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A page of the console as somebody wants to find it again.</summary>
[Table("saved_view")]
internal sealed record SavedViewRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("owner"), PrimaryKey] public required string Owner { get; init; }
    [Column("view_id"), PrimaryKey] public required string ViewId { get; init; }
    [Column("page")] public required string Page { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("search")] public required string Search { get; init; }
    [Column("shared")] public required bool Shared { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
