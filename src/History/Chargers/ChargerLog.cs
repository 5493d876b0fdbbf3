using EvCharge.Domain.Identity;

namespace EvCharge.History.Chargers;

/// <summary>The record of what chargers are and how they behave, written by their grains.</summary>
public sealed class ChargerLog
{
    /// <summary>Stores whether the charger is connected. One row a charger; lists read it.</summary>
    public Task RecordConnection(ChargerId charger, bool online, DateTimeOffset at, string? ocppVersion, string? remoteAddress) =>
        throw new NotSupportedException();

    /// <summary>Stores what the charger said of itself at boot.</summary>
    public Task RecordBoot(ChargerId charger, BootRecord boot) => throw new NotSupportedException();

    /// <summary>Stores when the charger was last heard, for many chargers at once.</summary>
    public Task RecordSeen(IReadOnlyCollection<(ChargerId Charger, DateTimeOffset At)> seen) => throw new NotSupportedException();

    /// <summary>Counts a deviation from the standard: one row a charger, rule and field, with the latest example.</summary>
    public Task RecordWarning(ChargerId charger, ConformanceWarning warning) => throw new NotSupportedException();

    /// <summary>Stores an operator event.</summary>
    public Task RecordEvent(TenantId tenant, EventRecord entry) => throw new NotSupportedException();
}

/// <summary>What a charger said of itself (OCPP 1.6 §6.3); members it did not send are null.</summary>
public sealed record BootRecord(
    string Vendor,
    string Model,
    string? SerialNumber,
    string? Firmware,
    string? Iccid,
    string? Imsi,
    string? MeterType,
    string? MeterSerialNumber,
    DateTimeOffset At);

/// <param name="Action">The operation whose frame deviates.</param>
/// <param name="Rule">What was bent, <c>timestamp</c>, <c>length</c>, <c>enum</c>, <c>type</c> and so on.</param>
/// <param name="Field">JSON path of the member.</param>
/// <param name="Example">The value as sent, cut to 200 characters.</param>
public sealed record ConformanceWarning(string Action, string Rule, string Field, string Example, DateTimeOffset At, long Count);

/// <summary>Something an operator should be able to find later.</summary>
/// <param name="Kind">Kebab-case, <c>unknown-charger</c>, <c>unknown-transaction</c>, <c>superseded</c>…</param>
public sealed record EventRecord(DateTimeOffset At, string Kind, string? Charger, string Detail);
