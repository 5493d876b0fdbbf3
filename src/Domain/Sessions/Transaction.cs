using EvCharge.Domain.Identity;

namespace EvCharge.Domain.Sessions;

/// <summary>
/// A charging transaction: one row of History, and the only copy there is. Energies are Wh, powers W, times UTC.
/// </summary>
[GenerateSerializer, Immutable, Alias("evc.Transaction")]
public sealed record Transaction
{
    /// <summary>Public id, unique in the tenant.</summary>
    [Id(0)] public required long Id { get; init; }

    /// <summary>The id on the wire: a positive int32 (0 is never issued: some chargers take it for a refusal).</summary>
    [Id(1)] public required int OcppId { get; init; }

    [Id(2)] public required ConnectorId Connector { get; init; }

    /// <summary>Name of the site the charger belonged to when the transaction started; empty when it had none.</summary>
    [Id(3)] public required string Site { get; init; }

    [Id(4)] public required IdTag IdTag { get; init; }

    [Id(5)] public string? Vehicle { get; init; }

    [Id(6)] public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The charger's stamp of the start exactly as sent; part of the natural key.</summary>
    [Id(7)] public required string RawStart { get; init; }

    [Id(8)] public required double MeterStart { get; init; }

    /// <summary>uniqueId of the frame that started it.</summary>
    [Id(9)] public required string StartMessageId { get; init; }

    /// <summary>0, or the count of earlier, stopped transactions with an equal natural key.</summary>
    [Id(10)] public int Again { get; init; }

    [Id(11)] public required DateTimeOffset ReceivedAt { get; init; }

    [Id(12)] public DateTimeOffset? StoppedAt { get; init; }

    [Id(13)] public double? MeterStop { get; init; }

    [Id(14)] public string? StopReason { get; init; }

    /// <summary>uniqueId of the frame that stopped it; null while active or when the system closed it.</summary>
    [Id(15)] public string? StopMessageId { get; init; }

    /// <summary>True while the end is the system's provisional one; a later genuine stop replaces it.</summary>
    [Id(16)] public bool ClosedBySystem { get; init; }

    [Id(17)] public double EnergyWh { get; init; }

    [Id(18)] public double? PowerW { get; init; }

    [Id(19)] public double? Soc { get; init; }

    /// <summary>Event time of the newest sample that counted.</summary>
    [Id(20)] public DateTimeOffset? LastSampleAt { get; init; }

    [Id(21)] public required string OcppVersion { get; init; }

    [Id(22)] public TransactionFlags Flags { get; init; }

    /// <summary>Raised by every write; a write names the version it was decided on.</summary>
    [Id(23)] public int Version { get; init; } = 1;

    public bool Active => StoppedAt is null;

    /// <summary>The moment that the 24-hour rule counts from.</summary>
    public DateTimeOffset LastActivity => LastSampleAt > ReceivedAt ? LastSampleAt.Value : ReceivedAt;
}

/// <summary>What was special about a transaction; shown to operators, never silently repaired.</summary>
[Flags, GenerateSerializer, Alias("evc.TransactionFlags")]
public enum TransactionFlags
{
    None = 0,

    /// <summary>The stop named no issued id and was matched by rule.</summary>
    Repaired = 1,

    /// <summary>The energy comes from samples, since the charger gave no usable meterStop.</summary>
    Estimated = 2,

    /// <summary>The register went back at least once; the highest value counts.</summary>
    RegisterWentBack = 4,

    /// <summary>A stamp of start or stop was absent or implausible and receipt time stands in.</summary>
    ReceiptTime = 8,

    /// <summary>The tag was not accepted at the start; the charger was told so.</summary>
    NotAuthorized = 16,

    /// <summary>A genuine stop replaced the system's provisional end.</summary>
    Corrected = 32,

    /// <summary>The vehicle said itself who it is; its word counts more than that of the tag.</summary>
    VehicleIdentified = 64,
}
