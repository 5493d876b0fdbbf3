namespace EvCharge.Ocpp.V16.SmartCharging;

/// <summary>A limit over time for a charger, a connector or a transaction (OCPP 1.6 §7.8).</summary>
/// <param name="StackLevel">Of two profiles of one purpose the higher level wins.</param>
/// <param name="ChargingProfilePurpose">One of <see cref="SmartCharging.ChargingProfilePurpose"/>.</param>
/// <param name="ChargingProfileKind">One of <see cref="SmartCharging.ChargingProfileKind"/>.</param>
/// <param name="RecurrencyKind">One of <see cref="SmartCharging.RecurrencyKind"/>; of a recurring profile only.</param>
public sealed record ChargingProfile(
    int ChargingProfileId,
    [Range(0, int.MaxValue)] int StackLevel,
    [OneOf(typeof(ChargingProfilePurpose))] string ChargingProfilePurpose,
    [OneOf(typeof(ChargingProfileKind))] string ChargingProfileKind,
    ChargingSchedule ChargingSchedule,
    int? TransactionId = null,
    [OneOf(typeof(RecurrencyKind))] string? RecurrencyKind = null,
    OcppTimestamp? ValidFrom = null,
    OcppTimestamp? ValidTo = null);

/// <summary>What a profile limits (OCPP 1.6 §7.10).</summary>
public static class ChargingProfilePurpose
{
    public const string ChargePointMaxProfile = "ChargePointMaxProfile";
    public const string TxDefaultProfile = "TxDefaultProfile";
    public const string TxProfile = "TxProfile";
}

/// <summary>What the times of a profile count from (OCPP 1.6 §7.9).</summary>
public static class ChargingProfileKind
{
    public const string Absolute = "Absolute";
    public const string Recurring = "Recurring";
    public const string Relative = "Relative";
}

/// <summary>How often a recurring profile starts anew (OCPP 1.6 §7.37).</summary>
public static class RecurrencyKind
{
    public const string Daily = "Daily";
    public const string Weekly = "Weekly";
}
