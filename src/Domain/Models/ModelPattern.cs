namespace EvCharge.Domain.Models;

/// <summary>
/// The chargers that something holds for. Each word is whole, or a beginning followed by <c>*</c>; null is any. Upper and lower
/// case are the same.
/// </summary>
public sealed record ModelPattern(string? Vendor, string? Model, string? Firmware)
{
    private const int Whole = int.MaxValue;

    /// <summary>The greater is the more specific: the firmware counts most, then the model, then the vendor.</summary>
    public (int Firmware, int Model, int Vendor) Specificity => (Weight(Firmware), Weight(Model), Weight(Vendor));

    public bool Matches(ModelIdentity charger) =>
        Matches(Vendor, charger.Vendor) && Matches(Model, charger.Model) && Matches(Firmware, charger.Firmware);

    /// <summary>True when the two hold for the same chargers.</summary>
    public bool IsSame(ModelPattern other) =>
        IsSame(Vendor, other.Vendor) && IsSame(Model, other.Model) && IsSame(Firmware, other.Firmware);

    private static bool Matches(string? pattern, string word) => pattern is null || (pattern.EndsWith('*')
        ? word.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : IsSame(pattern, word));

    private static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static int Weight(string? pattern) => pattern is null ? 0 : pattern.EndsWith('*') ? pattern.Length : Whole;
}
