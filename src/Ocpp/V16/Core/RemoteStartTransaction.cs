using EvCharge.Ocpp.V16.SmartCharging;

namespace EvCharge.Ocpp.V16.Core;

/// <summary>Asks the charger to start a transaction for a tag (OCPP 1.6 §6.33).</summary>
/// <param name="ConnectorId">Null leaves the choice to the charger.</param>
/// <param name="ChargingProfile">A profile of purpose TxProfile for the transaction to come.</param>
public sealed record RemoteStartTransactionRequest(
    [CiString(20)] string IdTag,
    [Range(1, int.MaxValue)] int? ConnectorId = null,
    ChargingProfile? ChargingProfile = null);

/// <param name="Status">One of <see cref="RemoteStartStopStatus"/>.</param>
public sealed record RemoteStartTransactionResponse([OneOf(typeof(RemoteStartStopStatus))] string Status);

/// <summary>Answers to a remote start or stop (OCPP 1.6 §7.39).</summary>
public static class RemoteStartStopStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
}
