namespace EvCharge.Ocpp.V16.Core;

/// <summary>What was measured (OCPP 1.6 §7.31); absent means <see cref="EnergyActiveImportRegister"/>.</summary>
public static class Measurand
{
    public const string CurrentExport = "Current.Export";
    public const string CurrentImport = "Current.Import";
    public const string CurrentOffered = "Current.Offered";
    public const string EnergyActiveExportRegister = "Energy.Active.Export.Register";
    public const string EnergyActiveImportRegister = "Energy.Active.Import.Register";
    public const string EnergyReactiveExportRegister = "Energy.Reactive.Export.Register";
    public const string EnergyReactiveImportRegister = "Energy.Reactive.Import.Register";
    public const string EnergyActiveExportInterval = "Energy.Active.Export.Interval";
    public const string EnergyActiveImportInterval = "Energy.Active.Import.Interval";
    public const string EnergyReactiveExportInterval = "Energy.Reactive.Export.Interval";
    public const string EnergyReactiveImportInterval = "Energy.Reactive.Import.Interval";
    public const string Frequency = "Frequency";
    public const string PowerActiveExport = "Power.Active.Export";
    public const string PowerActiveImport = "Power.Active.Import";
    public const string PowerFactor = "Power.Factor";
    public const string PowerOffered = "Power.Offered";
    public const string PowerReactiveExport = "Power.Reactive.Export";
    public const string PowerReactiveImport = "Power.Reactive.Import";
    public const string Rpm = "RPM";
    public const string SoC = "SoC";
    public const string Temperature = "Temperature";
    public const string Voltage = "Voltage";
}

/// <summary>Units (OCPP 1.6 §7.45); absent means <see cref="Wh"/> for energy.</summary>
public static class UnitOfMeasure
{
    public const string Wh = "Wh";
    public const string KWh = "kWh";
    public const string Varh = "varh";
    public const string Kvarh = "kvarh";
    public const string W = "W";
    public const string KW = "kW";
    public const string VA = "VA";
    public const string KVA = "kVA";
    public const string Var = "var";
    public const string Kvar = "kvar";
    public const string A = "A";
    public const string V = "V";
    public const string K = "K";
    public const string Celsius = "Celsius";

    /// <summary>The misspelling of the first edition, which the schema still allows.</summary>
    public const string Celcius = "Celcius";
    public const string Fahrenheit = "Fahrenheit";
    public const string Percent = "Percent";
}
