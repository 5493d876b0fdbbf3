using EvCharge.Domain.Models;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.SmartCharging;
using NodaTime;

namespace EvCharge.Grains.Models;

/// <summary>Whether the words and numbers of a model's file make sense.</summary>
internal static class ModelFileCheck
{
    private const int LongestPattern = 50;
    private const int LongestPath = 100;
    private const int MostMessages = 10;
    private static readonly string[] EnergyUnits = ["Wh", "kWh"];
    private static readonly string[] Measurands =
        [Measurand.EnergyActiveImportRegister, Measurand.EnergyActiveImportInterval, Measurand.PowerActiveImport];
    private static readonly string[] FeatureProfiles = [.. ActionTable.For(OcppVersion.V16).All.Select(action => action.Profile).Distinct()];

    /// <summary>The first member that makes no sense, and why; null when all do.</summary>
    public static (string Member, string Text)? Wrong(ModelFile file)
    {
        return Pattern(file)
            ?? Sources(file.Source)
            ?? Range(file.Settle.Milliseconds, "settle.milliseconds", 0, 60_000)
            ?? Range(file.Settle.SilenceSeconds, "settle.silenceSeconds", 0, 300)
            ?? That(
                file.TimeZone is null or StampZone.Site || DateTimeZoneProviders.Tzdb.GetZoneOrNull(file.TimeZone) is not null,
                "timeZone", $"must be a zone of the IANA database, or '{StampZone.Site}'")
            ?? OneOf(file.MeterValues.Unit, "meterValues.unit", EnergyUnits)
            ?? OneOf(file.MeterValues.Measurand, "meterValues.measurand", Measurands)
            ?? (file.FeatureProfiles ?? []).Select(profile => OneOf(profile, "featureProfiles", FeatureProfiles)).FirstOrDefault(wrong => wrong is not null)
            ?? (file.VehicleMessages ?? []).Select(Message).FirstOrDefault(wrong => wrong is not null)
            ?? That(file.VehicleMessages is null or { Count: <= MostMessages }, "vehicleMessages", $"must be at most {MostMessages}")
            ?? Charging(file.SmartCharging);
    }

    private static (string Member, string Text)? Charging(ChargingMode mode) =>
        ChargingModeRules.Wrong(mode) is var (member, rule) ? ($"smartCharging.{member}", rule) : null;

    private static (string Member, string Text)? Pattern(ModelFile file) =>
        That(file.Vendor is not null || file.Model is not null, "vendor", "or model must be there")
        ?? Word(file.Vendor, "vendor")
        ?? Word(file.Model, "model")
        ?? Word(file.Firmware, "firmware");

    private static (string Member, string Text)? Word(string? pattern, string member) => That(
        pattern is null || (pattern.Length is > 0 and <= LongestPattern && !pattern[..^1].Contains('*', StringComparison.Ordinal)),
        member, $"must be 1 to {LongestPattern} characters, with * at the end at most");

    private static (string Member, string Text)? Message(VehicleMessage message) =>
        That(message?.VendorId is { Length: > 0 and <= 255 }, "vehicleMessages.vendorId", "must be 1 to 255 characters")
        ?? That(message!.MessageId is null or { Length: > 0 and <= 50 }, "vehicleMessages.messageId", "must be 1 to 50 characters")
        ?? Path(message.Path, "vehicleMessages.path")
        ?? Path(message.ConnectorPath, "vehicleMessages.connectorPath");

    private static (string Member, string Text)? Path(string? path, string member) => That(
        path is null || (path.Length <= LongestPath && path.Split('.').All(name => name.Length > 0)),
        member, $"must be names parted by dots, at most {LongestPath} characters");

    private static (string Member, string Text)? Sources(IReadOnlyList<string> sources) => That(
        sources.All(source => Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps),
        "source", "must be addresses that begin with https");

    private static (string Member, string Text)? Range(double? value, string member, double least, double most) =>
        That(value is null || (value >= least && value <= most), member, FormattableString.Invariant($"must be {least} to {most}"));

    private static (string Member, string Text)? OneOf(string? value, string member, string[] words) =>
        That(value is null || words.Contains(value), member, $"must be one of {string.Join(", ", words)}");

    private static (string Member, string Text)? That(bool holds, string member, string text) => holds ? null : (member, text);
}
