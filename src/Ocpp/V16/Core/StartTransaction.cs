namespace EvCharge.Ocpp.V16.Core;

/// <summary>A transaction has started (OCPP 1.6 §6.45).</summary>
/// <param name="IdTag">Empty when the charger sent none.</param>
/// <param name="MeterStart">Wh.</param>
/// <param name="Timestamp">Without a value when the charger sent none that can be read.</param>
public sealed record StartTransactionRequest(
    [Range(1, int.MaxValue)] int ConnectorId,
    [Assumed, CiString(20)] string IdTag,
    [Assumed] long MeterStart,
    [Assumed] OcppTimestamp Timestamp,
    [Assumed] long? ReservationId = null);

/// <summary>The transaction's id and the verdict on the tag (OCPP 1.6 §6.46).</summary>
/// <param name="TransactionId">Never 0, also when the tag is refused: chargers take 0 for "no transaction".</param>
public sealed record StartTransactionResponse(
    [Range(1, int.MaxValue)] int TransactionId,
    IdTagInfo IdTagInfo);
