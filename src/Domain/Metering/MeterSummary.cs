namespace EvCharge.Domain.Metering;

/// <summary>
/// The values an operator looks at, taken from one sample. Members a sample does not carry are null; phase arrays have
/// three places, L1 to L3.
/// </summary>
/// <param name="RegisterWh">Energy.Active.Import.Register, Wh.</param>
/// <param name="PowerW">Power.Active.Import, W, all phases together.</param>
/// <param name="CurrentA">Current.Import per phase, A.</param>
/// <param name="VoltageV">Voltage per phase to neutral, V.</param>
/// <param name="Soc">State of charge of the vehicle, %.</param>
/// <param name="TemperatureC">Temperature, °C.</param>
public sealed record MeterSummary(
    double? RegisterWh,
    double? PowerW,
    IReadOnlyList<double?> CurrentA,
    IReadOnlyList<double?> VoltageV,
    double? Soc,
    double? TemperatureC)
{
    public static MeterSummary Of(Sample sample)
    {
        var readings = sample.Readings;
        return new MeterSummary(
            PhasedValue.Of(readings, Measurands.Energy).Total,
            PhasedValue.Of(readings, Measurands.Power).Total,
            PerPhase(readings, Measurands.Current),
            PerPhase(readings, Measurands.Voltage),
            PhasedValue.Of(readings, Measurands.Soc).Total,
            PhasedValue.Of(readings, Measurands.Temperature).Total);
    }

    private static IReadOnlyList<double?> PerPhase(ImmutableArray<Reading> readings, string measurand)
    {
        var value = PhasedValue.Of(readings, measurand);
        return [value.OnPhase(0), value.OnPhase(1), value.OnPhase(2)];
    }
}

/// <summary>OCPP's words for what operators look at (1.6 §7.31).</summary>
public static class Measurands
{
    public const string Energy = "Energy.Active.Import.Register";
    public const string Power = "Power.Active.Import";
    public const string Current = "Current.Import";
    public const string Voltage = "Voltage";
    public const string Soc = "SoC";
    public const string Temperature = "Temperature";
}
