namespace EvCharge.Ocpp.V16.Core;

/// <summary>Releases a plug that is held (OCPP 1.6 §6.53).</summary>
public sealed record UnlockConnectorRequest([Range(1, int.MaxValue)] int ConnectorId);

/// <param name="Status">One of <see cref="UnlockStatus"/>.</param>
public sealed record UnlockConnectorResponse([OneOf(typeof(UnlockStatus))] string Status);

/// <summary>Answers to an unlock (OCPP 1.6 §7.46).</summary>
public static class UnlockStatus
{
    public const string Unlocked = "Unlocked";
    public const string UnlockFailed = "UnlockFailed";
    public const string NotSupported = "NotSupported";
}
