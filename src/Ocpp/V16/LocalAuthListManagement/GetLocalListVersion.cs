namespace EvCharge.Ocpp.V16.LocalAuthListManagement;

/// <summary>Asks which local list the charger holds (OCPP 1.6 §6.27).</summary>
public sealed record GetLocalListVersionRequest;

/// <param name="ListVersion">0 for an empty list, -1 when the charger supports none (§5.10).</param>
public sealed record GetLocalListVersionResponse(int ListVersion);
