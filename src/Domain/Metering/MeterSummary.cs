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
    private static readonly string[] Phases = ["L1", "L2", "L3"];

    public static MeterSummary Of(Sample sample)
    {
        var readings = sample.Readings;
        return new MeterSummary(
            Total(readings, "Energy.Active.Import.Register"),
            Total(readings, "Power.Active.Import"),
            PerPhase(readings, "Current.Import"),
            PerPhase(readings, "Voltage"),
            Total(readings, "SoC"),
            Total(readings, "Temperature"));
    }

    /// <summary>The unphased value, else the sum of the phases. The outlet wins over inlet, body and cable.</summary>
    private static double? Total(IReadOnlyList<Reading> readings, string measurand)
    {
        var candidates = Of(readings, measurand);
        var total = candidates.LastOrDefault(reading => reading.Phase is null);
        if (total is not null)
        {
            return total.Value;
        }

        var phases = Phases.Select(phase => OfPhase(candidates, phase)).OfType<double>().ToArray();
        return phases.Length == 0 ? null : phases.Sum();
    }

    private static IReadOnlyList<double?> PerPhase(IReadOnlyList<Reading> readings, string measurand)
    {
        var candidates = Of(readings, measurand);
        var phases = Phases.Select(phase => OfPhase(candidates, phase)).ToArray();

        // A single-phase charger reports the value without a phase; it flows on L1.
        if (phases.All(value => value is null) && candidates.LastOrDefault(reading => reading.Phase is null) is { } only)
        {
            phases[0] = only.Value;
        }

        return phases;
    }

    private static double? OfPhase(IReadOnlyList<Reading> candidates, string phase) =>
        candidates.LastOrDefault(reading => reading.Phase == phase || reading.Phase == phase + "-N")?.Value;

    private static IReadOnlyList<Reading> Of(IReadOnlyList<Reading> readings, string measurand)
    {
        var all = readings.Where(reading => reading.Measurand == measurand && reading.Value is not null).ToArray();
        var outlet = Array.FindAll(all, reading => reading.Location == "Outlet");
        return outlet.Length > 0 ? outlet : all;
    }
}
