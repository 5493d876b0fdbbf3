namespace EvCharge.Ocpp.V16.Core;

/// <summary>Asks the charger to stop a transaction (OCPP 1.6 §6.35).</summary>
public sealed record RemoteStopTransactionRequest(int TransactionId);

/// <param name="Status">One of <see cref="RemoteStartStopStatus"/>.</param>
public sealed record RemoteStopTransactionResponse([OneOf(typeof(RemoteStartStopStatus))] string Status);
