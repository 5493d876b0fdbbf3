namespace EvCharge.Ocpp.V16.Core;

/// <summary>A transaction has ended (OCPP 1.6 §6.49).</summary>
/// <param name="TransactionId">As sent; chargers send -1, 0 and numbers of their own.</param>
/// <param name="MeterStop">Wh; -1 when the charger does not know it or sent none.</param>
/// <param name="Timestamp">Without a value when the charger sent none that can be read.</param>
/// <param name="Reason">One of <see cref="StopReason"/>, or whatever the charger sent; absent means Local.</param>
public sealed record StopTransactionRequest(
    long TransactionId,
    [Assumed(StopTransactionRequest.UnknownMeter)] long MeterStop,
    [Assumed] OcppTimestamp Timestamp,
    [Assumed, CiString(20)] string? IdTag = null,
    [Assumed, OneOf(typeof(StopReason))] string? Reason = null,
    [Assumed] IReadOnlyList<MeterValue>? TransactionData = null)
{
    public const long UnknownMeter = -1;
}

/// <param name="IdTagInfo">Null when the stop named no tag.</param>
public sealed record StopTransactionResponse(IdTagInfo? IdTagInfo = null);

/// <summary>Why a transaction ended (OCPP 1.6 §7.36).</summary>
public static class StopReason
{
    public const string DeAuthorized = "DeAuthorized";
    public const string EmergencyStop = "EmergencyStop";
    public const string EVDisconnected = "EVDisconnected";
    public const string HardReset = "HardReset";
    public const string Local = "Local";
    public const string Other = "Other";
    public const string PowerLoss = "PowerLoss";
    public const string Reboot = "Reboot";
    public const string Remote = "Remote";
    public const string SoftReset = "SoftReset";
    public const string UnlockCommand = "UnlockCommand";
}
