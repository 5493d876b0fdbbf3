using System.Globalization;
using EvCharge.ChargerSimulator.Vehicles;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.ChargerSimulator.V16;

/// <summary>A meter reading in the shape of OCPP 1.6 MeterValues: register, power, three currents, three voltages, SoC.</summary>
internal static class MeterReadings
{
    private static readonly (string Current, string Voltage)[] Phases =
        [(Phase.L1, Phase.L1N), (Phase.L2, Phase.L2N), (Phase.L3, Phase.L3N)];

    public static MeterValue ToMeterValue(this MeterReading reading, string context)
    {
        List<SampledValue> values =
        [
            Value(reading.MeterWh, "0", Measurand.EnergyActiveImportRegister, UnitOfMeasure.Wh, context),
            Value(reading.PowerW, "0.0", Measurand.PowerActiveImport, UnitOfMeasure.W, context),
        ];
        for (var phase = 0; phase < Phases.Length; phase++)
        {
            values.Add(Value(reading.Currents[phase], "0.00", Measurand.CurrentImport, UnitOfMeasure.A, context, Phases[phase].Current));
            values.Add(Value(reading.Voltages[phase], "0.0", Measurand.Voltage, UnitOfMeasure.V, context, Phases[phase].Voltage));
        }

        if (reading.Soc is { } soc)
            values.Add(Value(soc, "0.0", Measurand.SoC, UnitOfMeasure.Percent, context));
        return new(OcppTimestamp.At(reading.At), values);
    }

    private static SampledValue Value(double value, string format, string measurand, string unit, string context, string? phase = null) =>
        new(value.ToString(format, CultureInfo.InvariantCulture), context, Measurand: measurand, Phase: phase, Unit: unit);
}
