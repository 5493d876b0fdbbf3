namespace EvCharge.Ocpp;

/// <summary>OCPP-J message types (OCPP-J 1.6 §4.1.3).</summary>
public enum FrameKind
{
    Call = 2,
    CallResult = 3,
    CallError = 4,
}

/// <summary>
/// An OCPP-J envelope: the payload is a slice of the bytes it was read from, not parsed. Members that the kind does not
/// carry are empty.
/// </summary>
public readonly record struct Frame(
    FrameKind Kind,
    string MessageId,
    string Action,
    ReadOnlyMemory<byte> Payload,
    string ErrorCode,
    string ErrorDescription);
