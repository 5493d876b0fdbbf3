using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A transaction that another system was told of, under the number that it gave.</summary>
[Table("proxy_transaction")]
internal sealed record ProxyTransactionRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("charger_id"), PrimaryKey] public required string ChargerId { get; init; }
    [Column("link_id"), PrimaryKey] public required string LinkId { get; init; }
    [Column("ocpp_id"), PrimaryKey] public required int OcppId { get; init; }

    /// <summary>Null until the system has answered the start.</summary>
    [Column("upstream_id")] public int? UpstreamId { get; init; }

    /// <summary>The stop is queued, or was told: nothing more follows.</summary>
    [Column("stopped")] public required bool Stopped { get; init; }
    [Column("started_at")] public required DateTimeOffset StartedAt { get; init; }
}
