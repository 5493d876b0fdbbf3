using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>How chargers take limits, kept once for many, as JSON text.</summary>
[Table("operating_mode")]
internal sealed record OperatingModeRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }

    /// <summary>Empty for a mode of the tenant: SQL Server's and PostgreSQL's keys have no null.</summary>
    [Column("site_id"), PrimaryKey] public required string SiteId { get; init; }

    [Column("mode_id"), PrimaryKey] public required string ModeId { get; init; }
    [Column("name")] public required string Name { get; init; }
    [Column("mode_content")] public required string Content { get; init; }
    [Column("row_version")] public required long RowVersion { get; init; }
}
