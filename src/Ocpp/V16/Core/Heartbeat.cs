namespace EvCharge.Ocpp.V16.Core;

/// <summary>Still here (OCPP 1.6 §6.29).</summary>
public sealed record HeartbeatRequest;

/// <summary>The time, for the charger's clock (OCPP 1.6 §6.30).</summary>
public sealed record HeartbeatResponse(OcppTimestamp CurrentTime);
