using EvCharge.Domain.ChargingProfiles;

namespace EvCharge.Domain.Models;

/// <summary>Which words and numbers a <see cref="ChargingMode"/> may have.</summary>
public static class ChargingModeRules
{
    private static readonly string[] Purposes = [ProfilePurpose.ChargePointMax, ProfilePurpose.TxDefault, ProfilePurpose.Tx];
    private static readonly string[] Kinds = [ProfileKind.Absolute, ProfileKind.Recurring, ProfileKind.Relative];
    private static readonly string[] Units = ["A", "W"];
    private static readonly string[] Currents = ["perPhase", "total"];

    /// <summary>The mode of a name: the purpose of the profiles that a charger takes. Other names say nothing.</summary>
    public static ChargingMode? Named(string name) => Purposes.Contains(name) ? new ChargingMode(Purpose: name) : null;

    /// <summary>The first member that makes no sense, and why; null when all do.</summary>
    public static (string Member, string Rule)? Wrong(ChargingMode mode) =>
        OneOf(mode.Purpose, "purpose", Purposes)
        ?? OneOf(mode.Kind, "kind", Kinds)
        ?? OneOf(mode.Unit, "unit", Units)
        ?? OneOf(mode.Current, "current", Currents)
        ?? Range(mode.Step, "step", 0.1, 10_000)
        ?? Range(mode.Minimum, "minimum", 0.1, 100_000)
        ?? Range(mode.StackLevel, "stackLevel", 0, 100)
        ?? Range(mode.SettleSeconds, "settleSeconds", 0, 3_600);

    private static (string Member, string Rule)? OneOf(string? value, string member, string[] words) =>
        value is null || words.Contains(value) ? null : (member, $"must be one of {string.Join(", ", words)}");

    private static (string Member, string Rule)? Range(double? value, string member, double least, double most) =>
        value is null || (value >= least && value <= most) ? null : (member, FormattableString.Invariant($"must be {least} to {most}"));
}
