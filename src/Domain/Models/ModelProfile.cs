namespace EvCharge.Domain.Models;

/// <summary>What a charger model needs and what it can do. A member that is null says nothing.</summary>
public record ModelProfile
{
    public SettlePolicy Settle { get; init; } = new();

    /// <summary>False for chargers that do not answer the pings of their WebSocket.</summary>
    public bool? Ping { get; init; }

    /// <summary>The IANA zone of stamps that name none, or <see cref="StampZone.Site"/>.</summary>
    public string? TimeZone { get; init; }

    public MeterDefaults MeterValues { get; init; } = new();

    /// <summary>The feature profiles of OCPP 1.6 (§3.1) that the model has.</summary>
    public IReadOnlyList<string>? FeatureProfiles { get; init; }

    /// <summary>The vendor's messages in which vehicles identify themselves.</summary>
    public IReadOnlyList<VehicleMessage>? VehicleMessages { get; init; }

    public ChargingMode SmartCharging { get; init; } = new();
}

/// <summary>A DataTransfer of the vendor (OCPP 1.6 §4.3) that tells which vehicle is plugged in.</summary>
/// <param name="VendorId">As the charger sends it; upper and lower case are the same.</param>
/// <param name="MessageId">The same of the message; null for all of the vendor.</param>
/// <param name="Path">Names parted by dots that lead to EVCCID or VIN in the JSON of <c>data</c>; null when <c>data</c> is the id itself.</param>
/// <param name="ConnectorPath">The same for the connector's number; null when the message names none.</param>
public sealed record VehicleMessage(string VendorId, string? MessageId = null, string? Path = null, string? ConnectorPath = null);

/// <summary>When a fresh connection may be given commands.</summary>
/// <param name="Milliseconds">After its first message or its boot.</param>
/// <param name="SilenceSeconds">When it keeps silent.</param>
public sealed record SettlePolicy(int? Milliseconds = null, int? SilenceSeconds = null);

/// <summary>What a meter value is that does not say it.</summary>
/// <param name="Unit">Of energies: Wh or kWh.</param>
/// <param name="Measurand">A measurand of OCPP 1.6 (§7.31).</param>
public sealed record MeterDefaults(string? Unit = null, string? Measurand = null);

/// <summary>How a model takes limits. Null where it takes them as the standard says.</summary>
/// <param name="Purpose">Of the charging profile (OCPP 1.6 §7.11).</param>
/// <param name="Kind">Of the charging profile (OCPP 1.6 §7.9).</param>
/// <param name="Unit">A or W.</param>
/// <param name="Current">perPhase or total: what a limit in A counts.</param>
/// <param name="Step">Of limits, in the unit.</param>
/// <param name="Minimum">Smallest limit that is not 0, in the unit.</param>
/// <param name="ZeroAllowed">A limit of 0 pauses the vehicle.</param>
/// <param name="StackLevel">The one to use.</param>
/// <param name="SettleSeconds">From a new limit until measurements follow it.</param>
/// <param name="ResendAfterResume">The first limit after a pause is ignored and has to be sent once more.</param>
/// <param name="ClearFirst">A profile has to be cleared before another takes its place.</param>
public sealed record ChargingMode(
    string? Purpose = null,
    string? Kind = null,
    string? Unit = null,
    string? Current = null,
    double? Step = null,
    double? Minimum = null,
    bool? ZeroAllowed = null,
    int? StackLevel = null,
    int? SettleSeconds = null,
    bool? ResendAfterResume = null,
    bool? ClearFirst = null);
