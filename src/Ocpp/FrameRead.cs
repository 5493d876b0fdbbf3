namespace EvCharge.Ocpp;

/// <summary>What came of reading an envelope: a frame, or a fault and a frame without content.</summary>
public readonly record struct FrameRead(Frame Frame, FrameFault? Fault)
{
    /// <summary>Raw control characters, which JSON forbids inside text, were left out first.</summary>
    public bool Cleaned { get; init; }
}

/// <summary>Why an envelope cannot be served.</summary>
/// <param name="MessageId">Null when none can be told: there is nothing to answer to.</param>
/// <param name="Code">One of <see cref="ErrorCode"/>.</param>
/// <param name="Kind">Null when it cannot be told. The call that a faulty answer belongs to has failed.</param>
public sealed record FrameFault(string? MessageId, string Code, string Text, FrameKind? Kind = null)
{
    /// <summary>A CALLERROR is due: never for what is an answer itself (OCPP-J 1.6 §4.1.3).</summary>
    public bool Answerable => MessageId is not null && Kind is null or FrameKind.Call;
}
