namespace EvCharge.Ocpp.V16.Core;

/// <summary>What was sampled at one moment (OCPP 1.6 §7.33).</summary>
/// <param name="Timestamp">Without a value when the charger sent none that can be read: receipt time stands in.</param>
public sealed record MeterValue(
    [Assumed] OcppTimestamp Timestamp,
    [Assumed, MinLength(1)] IReadOnlyList<SampledValue> SampledValue);
