using System.IO.Hashing;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Models;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>
/// Meter values of OCPP 1.6 as samples: OCPP's defaults filled in (§7.28: Wh, Energy.Active.Import.Register, Outlet,
/// Sample.Periodic), or those of the charger's model, and units brought to their base.
/// </summary>
internal static class SampledValues
{
    /// <summary>The samples, in the order sent, and whether every stamp could be believed.</summary>
    public static (Sample[] Samples, bool Believed) Read(IReadOnlyList<MeterValue> values, CallContext context)
    {
        var believed = true;
        var defaults = context.Shell.Quirks.MeterValues;
        var samples = new List<Sample>(values.Count);
        foreach (var value in values.Where(value => value.SampledValue.Count > 0))
        {
            var time = context.TimeOf(value.Timestamp);
            believed &= time.Believed;
            samples.Add(new Sample(time.At, value.Timestamp.Raw, [.. value.SampledValue.Take(Sample.MaxReadings).Select(sampled => Read(sampled, defaults))]));
        }

        return ([.. samples], believed);
    }

    /// <summary>The key under which a repeated frame is recognised: 32 hex digits.</summary>
    public static string Hash(ReadOnlyMemory<byte> payload) => Convert.ToHexStringLower(XxHash128.Hash(payload.Span));

    private static Reading Read(SampledValue value, MeterDefaults defaults)
    {
        var measurand = value.Measurand ?? defaults.Measurand ?? Measurand.EnergyActiveImportRegister;
        var (number, unit) = ToBase(value.Number, value.Unit ?? DefaultUnit(measurand, defaults));
        return new Reading(
            measurand,
            value.Phase,
            value.Location ?? Location.Outlet,
            value.Context ?? ReadingContext.SamplePeriodic,
            number is { } finite && double.IsFinite(finite) ? finite : null,
            unit,
            value.Unit is null ? value.Value : $"{value.Value} {value.Unit}");
    }

    private static string? DefaultUnit(string measurand, MeterDefaults defaults) => measurand switch
    {
        _ when measurand.StartsWith("Energy.Reactive", StringComparison.Ordinal) => "varh",
        _ when measurand.StartsWith("Energy", StringComparison.Ordinal) => defaults.Unit ?? "Wh",
        "Power.Factor" => null,
        _ when measurand.StartsWith("Power.Reactive", StringComparison.Ordinal) => "var",
        _ when measurand.StartsWith("Power", StringComparison.Ordinal) => "W",
        _ when measurand.StartsWith("Current", StringComparison.Ordinal) => "A",
        Measurand.Voltage => "V",
        Measurand.SoC => "Percent",
        Measurand.Temperature => "Celsius",
        Measurand.Frequency => "Hz",
        _ => null,
    };

    private static (double? Value, string? Unit) ToBase(double? value, string? unit) => unit switch
    {
        "kWh" => (value * 1000, "Wh"),
        "kvarh" => (value * 1000, "varh"),
        "kW" => (value * 1000, "W"),
        "kVA" => (value * 1000, "VA"),
        "kvar" => (value * 1000, "var"),
        "Celcius" => (value, "Celsius"),
        "K" => (value - 273.15, "Celsius"),
        "Fahrenheit" => ((value - 32) / 1.8, "Celsius"),
        "Hertz" => (value, "Hz"),
        _ => (value, unit),
    };
}
