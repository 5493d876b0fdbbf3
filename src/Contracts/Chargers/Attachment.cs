namespace EvCharge.Contracts.Chargers;

/// <summary>What a gateway tells about a connection that it wants bound to the charger.</summary>
/// <param name="Known">The epoch that this connection already has; of a fresh one the highest epoch of the charger that the gateway has seen, or 0.</param>
/// <param name="Rebind">True when the connection was bound before and the grain may have forgotten it.</param>
/// <param name="OcppVersion">The negotiated subprotocol, <c>ocpp1.6</c>.</param>
/// <param name="RemoteAddress">Address of the charger, for operators.</param>
[GenerateSerializer, Immutable, Alias("evc.AttachRequest")]
public sealed record AttachRequest(
    [property: Id(0)] Epoch Known,
    [property: Id(1)] bool Rebind,
    [property: Id(2)] string OcppVersion,
    [property: Id(3)] string RemoteAddress);

/// <summary>The grain's answer.</summary>
/// <param name="Won">False when a newer connection holds the charger: the gateway closes this one.</param>
/// <param name="Epoch">The epoch of the connection that holds the charger now.</param>
/// <param name="Silo">The silo of the activation, so that its loss can be noticed.</param>
/// <param name="Busy">True while a transaction runs: such chargers are attached again first.</param>
/// <param name="NoPing">The charger does not answer pings of its WebSocket: its next connection is not to be pinged.</param>
[GenerateSerializer, Immutable, Alias("evc.AttachResult")]
public sealed record AttachResult(
    [property: Id(0)] bool Won,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] string Silo,
    [property: Id(3)] bool Busy,
    [property: Id(4)] bool NoPing = false);
