namespace EvCharge.Ocpp.V16.Core;

/// <summary>Samples of a connector's meter; connector 0 is the charger's own meter (OCPP 1.6 §6.31).</summary>
/// <param name="TransactionId">As sent; chargers send 0, negative numbers and the greatest 64-bit number for "none".</param>
public sealed record MeterValuesRequest(
    [Assumed(0), Range(0, int.MaxValue)] int ConnectorId,
    [Assumed, MinLength(1)] IReadOnlyList<MeterValue> MeterValue,
    [Assumed] long? TransactionId = null);

public sealed record MeterValuesResponse;
