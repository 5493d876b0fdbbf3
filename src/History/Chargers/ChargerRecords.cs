using EvCharge.Domain.Models;

namespace EvCharge.History.Chargers;

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
    DateTimeOffset At)
{
    public ModelIdentity Identity => new(Vendor, Model, Firmware ?? "");
}

/// <summary>What is on record of a charger's connection.</summary>
/// <param name="At">When it came or went.</param>
public sealed record ConnectionRecord(bool Online, DateTimeOffset At, string? OcppVersion, string? RemoteAddress);

/// <param name="Action">The operation whose frame deviates.</param>
/// <param name="Rule">What was bent, <c>timestamp</c>, <c>length</c>, <c>enum</c>, <c>type</c> and so on.</param>
/// <param name="Field">JSON path of the member.</param>
/// <param name="Example">The value as sent, cut to 200 characters.</param>
/// <param name="Count">How often it was seen: since the last report when written, in all when read.</param>
public sealed record ConformanceWarning(string Action, string Rule, string Field, string Example, DateTimeOffset At, long Count);

/// <summary>Something an operator should be able to find later.</summary>
/// <param name="Kind">Kebab-case, <c>unknown-charger</c>, <c>unknown-transaction</c>, <c>superseded</c>…</param>
public sealed record EventRecord(DateTimeOffset At, string Kind, string? Charger, string Detail)
{
    /// <summary>What it is of its kind: the type of a security event. Null where the kind says all; not stored.</summary>
    public string? Subject { get; init; }
}
