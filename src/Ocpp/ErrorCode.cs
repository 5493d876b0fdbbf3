namespace EvCharge.Ocpp;

/// <summary>Error codes of a CALLERROR, as spelt on the wire (OCPP-J 1.6 §4.2.3).</summary>
public static class ErrorCode
{
    public const string NotImplemented = "NotImplemented";
    public const string NotSupported = "NotSupported";
    public const string InternalError = "InternalError";
    public const string ProtocolError = "ProtocolError";
    public const string SecurityError = "SecurityError";
    public const string FormationViolation = "FormationViolation";
    public const string PropertyConstraintViolation = "PropertyConstraintViolation";

    /// <summary>One r: so it stands in OCPP-J 1.6, and chargers compare it as text.</summary>
    public const string OccurenceConstraintViolation = "OccurenceConstraintViolation";
    public const string TypeConstraintViolation = "TypeConstraintViolation";
    public const string GenericError = "GenericError";
}
