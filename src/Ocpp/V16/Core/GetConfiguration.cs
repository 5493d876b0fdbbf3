namespace EvCharge.Ocpp.V16.Core;

/// <summary>Asks for configuration keys; without any, for all (OCPP 1.6 §6.23).</summary>
public sealed record GetConfigurationRequest([CiString(50)] IReadOnlyList<string>? Key = null);

/// <summary>The keys the charger has, and those it has not (OCPP 1.6 §6.24).</summary>
public sealed record GetConfigurationResponse(
    IReadOnlyList<KeyValue>? ConfigurationKey = null,
    [CiString(50)] IReadOnlyList<string>? UnknownKey = null);

/// <summary>A configuration key of a charger (OCPP 1.6 §7.29).</summary>
/// <param name="Value">Null when the key is known and has no value.</param>
public sealed record KeyValue(
    [CiString(50)] string Key,
    bool Readonly,
    [CiString(500)] string? Value = null);
