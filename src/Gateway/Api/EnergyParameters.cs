using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Domain.Models;

namespace EvCharge.Gateway.Api;

/// <summary>
/// What the allocation may ask of a connector. On a charger the members are the defaults of its connectors.
/// </summary>
public record EnergyParameters
{
    private static readonly string[] Rotations = ["NotApplicable", "Unknown", "RST", "RTS", "SRT", "STR", "TRS", "TSR"];
    private static readonly string[] Currents = ["AC", "DC"];

    /// <summary>A per phase, 0 to 1000.</summary>
    public double? MaxCurrent { get; init; }

    /// <summary>W, 0 to 10,000,000.</summary>
    public double? MaxPower { get; init; }

    /// <summary>1 to 3.</summary>
    public int? Phases { get; init; }

    /// <summary>How the phases are connected, OCPP 1.6 §9.1.14: RST, RTS, SRT, STR, TRS, TSR, NotApplicable, Unknown.</summary>
    public string? Rotation { get; init; }

    /// <summary>AC or DC.</summary>
    public string? Current { get; init; }

    /// <summary>0 (last) to 9 (first).</summary>
    public int? Priority { get; init; }

    /// <summary>What a connector gets when a vehicle arrives, in the site's unit.</summary>
    public double? LaunchEnergy { get; init; }

    /// <summary>Least change that is sent, in the site's unit.</summary>
    public double? DeadBand { get; init; }

    /// <summary>What a change of direction needs on top, in the site's unit.</summary>
    public double? Hysteresis { get; init; }

    /// <summary>Least time between two increases, 0 to 3600 s.</summary>
    public double? IncreaseIntervalSeconds { get; init; }

    /// <summary>Keeps a plugged vehicle at its minimum instead of pausing it.</summary>
    public bool? HoldMinimum { get; init; }

    internal void Check(Checks checks, string prefix) => checks
        .Range(MaxCurrent, $"{prefix}maxCurrent", 0, 1000)
        .Range(MaxPower, $"{prefix}maxPower", 0, 10_000_000)
        .Range(Phases, $"{prefix}phases", 1, 3)
        .OneOf(Rotation, $"{prefix}rotation", Rotations)
        .OneOf(Current, $"{prefix}current", Currents)
        .Range(Priority, $"{prefix}priority", 0, 9)
        .Range(LaunchEnergy, $"{prefix}launchEnergy", 0, 10_000_000)
        .Range(DeadBand, $"{prefix}deadBand", 0, 1_000_000)
        .Range(Hysteresis, $"{prefix}hysteresis", 0, 1_000_000)
        .Range(IncreaseIntervalSeconds, $"{prefix}increaseIntervalSeconds", 0, 3600);
}

/// <summary>The parameters of a charger as a whole.</summary>
public record ChargerParameters : EnergyParameters
{
    internal const string NoSuchMode = "is no operating mode of the site or the tenant";

    private static readonly JsonSerializerOptions ModeFormat = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
    };

    private static readonly string[] Sharings = ["Independent", "Shared", "Exclusive"];

    /// <summary>
    /// How the charger takes limits: an object of what is otherwise in its model's file (purpose, kind, unit, current, step, minimum,
    /// zeroAllowed, stackLevel, clearFirst), or a name: that of a mode in the library of its site or tenant, or of a profile's purpose.
    /// </summary>
    public JsonElement? OperatingMode { get; init; }

    /// <summary>Independent, Shared (all connectors together stay below the charger's maximum) or Exclusive (one at a time).</summary>
    public string? Sharing { get; init; }

    /// <summary>The mode of the library that is named; null for none.</summary>
    internal string? OperatingModeOfLibrary =>
        OperatingMode is { ValueKind: JsonValueKind.String } name && ChargingModeRules.Named(name.GetString()!) is null ? name.GetString() : null;

    internal void CheckCharger(Checks checks)
    {
        Check(checks, "");
        checks.OneOf(Sharing, "sharing", Sharings);
        switch (OperatingMode)
        {
            case null:
                break;
            case { ValueKind: JsonValueKind.String } name:
                checks.That(Ids.IsPrintable(name.GetString(), 40), "operatingMode", "must be a name or an object");
                break;
            case { ValueKind: JsonValueKind.Object } members:
                CheckMode(members, checks);
                break;
            default:
                checks.That(false, "operatingMode", "must be a name or an object");
                break;
        }
    }

    private static void CheckMode(JsonElement members, Checks checks)
    {
        try
        {
            if (ChargingModeRules.Wrong(members.Deserialize<ChargingMode>(ModeFormat)!) is var (member, rule))
            {
                checks.That(false, $"operatingMode.{member}", rule);
            }
        }
        catch (JsonException wrong)
        {
            checks.That(false, $"operatingMode{wrong.Path?[1..]}", "is not what an operating mode has there");
        }
    }
}
