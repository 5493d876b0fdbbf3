using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A role that a tenant has made.</summary>
[Table("custom_role")]
internal sealed record CustomRoleRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("role"), PrimaryKey] public required string Role { get; init; }
    [Column("description")] public required string Description { get; init; }
    [Column("permissions")] public required string Permissions { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
