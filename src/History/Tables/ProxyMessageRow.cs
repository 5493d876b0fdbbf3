using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A message of a charger that another system has not taken yet.</summary>
[Table("proxy_message")]
internal sealed record ProxyMessageRow : ITenantLogRow
{
    [Column("row_id"), PrimaryKey, Identity] public long RowId { get; init; }
    [Column("tenant_id")] public required string TenantId { get; init; }
    [Column("charger_id")] public required string ChargerId { get; init; }
    [Column("link_id")] public required string LinkId { get; init; }
    [Column("action")] public required string Action { get; init; }

    /// <summary>Of a status alone: a later one of the same connector takes its place.</summary>
    [Column("connector")] public int? Connector { get; init; }

    /// <summary>The charger's own number of the transaction, null for none.</summary>
    [Column("ocpp_id")] public int? OcppId { get; init; }
    [Column("payload")] public required byte[] Payload { get; init; }
    [Column("received_at")] public required DateTimeOffset ReceivedAt { get; init; }
    [Column("attempts")] public required int Attempts { get; init; }

    /// <summary>It was refused again and again: an operator says whether it is sent once more.</summary>
    [Column("parked")] public required bool Parked { get; init; }
    [Column("problem")] public string? Problem { get; init; }
}
