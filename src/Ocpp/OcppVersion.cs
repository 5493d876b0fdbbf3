namespace EvCharge.Ocpp;

/// <summary>WebSocket subprotocol names, which serve as version names throughout.</summary>
public static class OcppVersion
{
    public const string V16 = "ocpp1.6";
    public const string V201 = "ocpp2.0.1";
}
