namespace EvCharge.Ocpp.V16.Core;

/// <summary>What a value was taken for (OCPP 1.6 §7.35); absent means <see cref="SamplePeriodic"/>.</summary>
public static class ReadingContext
{
    public const string InterruptionBegin = "Interruption.Begin";
    public const string InterruptionEnd = "Interruption.End";
    public const string SampleClock = "Sample.Clock";
    public const string SamplePeriodic = "Sample.Periodic";
    public const string TransactionBegin = "Transaction.Begin";
    public const string TransactionEnd = "Transaction.End";
    public const string Trigger = "Trigger";
    public const string Other = "Other";
}

/// <summary>How a value is written (OCPP 1.6 §7.49); absent means <see cref="Raw"/>.</summary>
public static class ValueFormat
{
    public const string Raw = "Raw";
    public const string SignedData = "SignedData";
}

/// <summary>The conductors of a value (OCPP 1.6 §7.34); absent means all together.</summary>
public static class Phase
{
    public const string L1 = "L1";
    public const string L2 = "L2";
    public const string L3 = "L3";
    public const string N = "N";
    public const string L1N = "L1-N";
    public const string L2N = "L2-N";
    public const string L3N = "L3-N";
    public const string L1L2 = "L1-L2";
    public const string L2L3 = "L2-L3";
    public const string L3L1 = "L3-L1";
}

/// <summary>Where a value was measured (OCPP 1.6 §7.30); absent means <see cref="Outlet"/>.</summary>
public static class Location
{
    public const string Body = "Body";
    public const string Cable = "Cable";
    public const string EV = "EV";
    public const string Inlet = "Inlet";
    public const string Outlet = "Outlet";
}
