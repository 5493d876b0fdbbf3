namespace EvCharge.Contracts.Chargers;

/// <summary>
/// One OCPP-J message between gateway and charger grain: the envelope read, the payload untouched. Version and error code
/// travel as text, so that a new message never forces a deployment of gateways.
/// </summary>
/// <param name="Kind">OCPP-J message type: 2 CALL, 3 CALLRESULT, 4 CALLERROR.</param>
/// <param name="MessageId">The uniqueId, opaque.</param>
/// <param name="Action">Name of the operation of a CALL; empty otherwise.</param>
/// <param name="Payload">UTF-8 JSON object of a CALL or CALLRESULT; empty for a CALLERROR.</param>
/// <param name="ErrorCode">Of a CALLERROR; empty otherwise.</param>
/// <param name="ErrorDescription">Of a CALLERROR; empty otherwise.</param>
/// <param name="ReceivedAt">When the gateway read it, by the clock of the gateway; the grain goes by its own.</param>
[GenerateSerializer, Immutable, Alias("evc.OcppFrame")]
public sealed record OcppFrame(
    [property: Id(0)] int Kind,
    [property: Id(1)] string MessageId,
    [property: Id(2)] string Action,
    [property: Id(3)] ReadOnlyMemory<byte> Payload,
    [property: Id(4)] string ErrorCode,
    [property: Id(5)] string ErrorDescription,
    [property: Id(6)] DateTimeOffset ReceivedAt)
{
    public const int Call = 2;
    public const int CallResult = 3;
    public const int CallError = 4;
}
