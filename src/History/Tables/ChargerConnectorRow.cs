using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A connector of a configured charger.</summary>
[Table("charger_connector")]
internal sealed record ChargerConnectorRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("connector"), PrimaryKey] public required int Connector { get; init; }
    [Column("parameters")] public string? Parameters { get; init; }
}
