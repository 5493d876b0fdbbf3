namespace EvCharge.Ocpp.V16.Core;

/// <summary>States of a connector (OCPP 1.6 §7.7).</summary>
public static class ChargePointStatus
{
    public const string Available = "Available";
    public const string Preparing = "Preparing";
    public const string Charging = "Charging";
    public const string SuspendedEVSE = "SuspendedEVSE";
    public const string SuspendedEV = "SuspendedEV";
    public const string Finishing = "Finishing";
    public const string Reserved = "Reserved";
    public const string Unavailable = "Unavailable";
    public const string Faulted = "Faulted";
}

/// <summary>Faults of a connector (OCPP 1.6 §7.6).</summary>
public static class ChargePointErrorCode
{
    public const string ConnectorLockFailure = "ConnectorLockFailure";
    public const string EVCommunicationError = "EVCommunicationError";
    public const string GroundFailure = "GroundFailure";
    public const string HighTemperature = "HighTemperature";
    public const string InternalError = "InternalError";
    public const string LocalListConflict = "LocalListConflict";
    public const string NoError = "NoError";
    public const string OtherError = "OtherError";
    public const string OverCurrentFailure = "OverCurrentFailure";
    public const string OverVoltage = "OverVoltage";
    public const string PowerMeterFailure = "PowerMeterFailure";
    public const string PowerSwitchFailure = "PowerSwitchFailure";
    public const string ReaderFailure = "ReaderFailure";
    public const string ResetFailure = "ResetFailure";
    public const string UnderVoltage = "UnderVoltage";
    public const string WeakSignal = "WeakSignal";
}
