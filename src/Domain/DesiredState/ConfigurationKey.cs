namespace EvCharge.Domain.DesiredState;

/// <summary>A configuration key of a charger: what it should be, what it was when read last, and how the last change was answered.</summary>
/// <param name="Name">As the charger, or else the operator, spells it; compared without regard to case (OCPP 1.6 §7.29).</param>
/// <param name="Desired">Null when nobody cares.</param>
/// <param name="Actual">Null when the key has no value or was never read.</param>
/// <param name="Readonly">Null when it was never read.</param>
/// <param name="Unknown">The charger says that it has no such key.</param>
/// <param name="Outcome">The charger's answer to the last change: Accepted, RebootRequired, Rejected or NotSupported; null before one.</param>
public sealed record ConfigurationKey(
    string Name, string? Desired, string? Actual, bool? Readonly, bool Unknown, string? Outcome, DateTimeOffset? ReadAt)
{
    /// <summary>The charger is, or may be, configured otherwise than desired.</summary>
    public bool Differs => Desired is not null && (ReadAt is null || Unknown || !Equal(Desired, Actual ?? ""));

    /// <summary>Telling the charger once more may help.</summary>
    public bool CanBeChanged => Differs && !Unknown && Readonly is not true;

    /// <summary>
    /// Whether two values mean the same: chargers write True for true, put blanks behind the commas of a list and turn 60 into
    /// 60.0.
    /// </summary>
    public static bool Equal(string one, string other) =>
        one == other
        || string.Equals(Plain(one), Plain(other), StringComparison.OrdinalIgnoreCase)
        || (Number(one) is { } number && number == Number(other));

    private static string Plain(string value) => string.Join(',', value.Split(',', StringSplitOptions.TrimEntries));

    private static decimal? Number(string value) =>
        decimal.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
