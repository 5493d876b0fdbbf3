namespace EvCharge.Gateway;

/// <summary>What a gateway serves, beside health and metrics.</summary>
[Flags]
public enum GatewayRoles
{
    None = 0,

    /// <summary>The chargers' WebSockets.</summary>
    Ocpp = 1,

    /// <summary>The REST API, the live stream and the console.</summary>
    Api = 2,

    All = Ocpp | Api,
}
