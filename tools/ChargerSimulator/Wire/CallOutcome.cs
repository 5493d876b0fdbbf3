namespace EvCharge.ChargerSimulator.Wire;

/// <summary>How a CALL of the charger ended.</summary>
public enum CallStatus
{
    Answered,
    Refused,
    TimedOut,
    Disconnected,
}

/// <param name="Payload">The CALLRESULT's payload when answered.</param>
/// <param name="ErrorCode">The CALLERROR's code when refused, else empty.</param>
public readonly record struct CallOutcome(CallStatus Status, ReadOnlyMemory<byte> Payload, string ErrorCode)
{
    public static CallOutcome TimedOut { get; } = new(CallStatus.TimedOut, default, "");

    public static CallOutcome Disconnected { get; } = new(CallStatus.Disconnected, default, "");

    public bool IsAnswered => Status == CallStatus.Answered;
}
