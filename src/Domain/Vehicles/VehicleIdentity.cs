using EvCharge.Domain.Identity;

namespace EvCharge.Domain.Vehicles;

/// <summary>
/// What a vehicle says of itself: its EVCCID, the MAC address of its communication controller (ISO 15118-2), or its VIN.
/// </summary>
public sealed class VehicleIdentity
{
    /// <summary>Of what chargers may say, and of what is on record.</summary>
    public const int MaxLength = 40;

    private const string TagPrefix = "VID:";
    private const int MacDigits = 12;

    private VehicleIdentity(string text, ImmutableArray<string> spellings) => (Text, Spellings) = (text, spellings);

    /// <summary>A MAC address as 12 hex digits, anything else as it was said; upper case.</summary>
    public string Text { get; }

    /// <summary>The forms in which the record may hold it.</summary>
    public ImmutableArray<string> Spellings { get; }

    /// <summary>Null for a text that identifies nothing: empty, too long, not printable, or an address of zeros or ones.</summary>
    public static VehicleIdentity? Of(string? said)
    {
        var text = WithoutPrefix(said?.Trim() ?? "");
        if (text.Length is 0 or > MaxLength || text.Any(character => character is < ' ' or > '~'))
        {
            return null;
        }

        return MacOf(text) is { } mac ? OfMac(mac) : new VehicleIdentity(
            text.ToUpperInvariant(), [.. new[] { text, text.ToUpperInvariant(), text.ToLowerInvariant() }.Distinct()]);
    }

    /// <summary>The vehicle that a tag names, <c>VID:</c> and a MAC address as chargers send for autocharge; null for any other tag.</summary>
    public static VehicleIdentity? OfTag(IdTag tag) =>
        tag.Value.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase) && MacOf(tag.Value[TagPrefix.Length..]) is { } mac
            ? OfMac(mac)
            : null;

    /// <summary>The tag by which chargers name the vehicle with that EVCCID; null when it is no MAC address.</summary>
    public static IdTag? TagOf(string? evccid) =>
        MacOf(WithoutPrefix(evccid ?? "")) is { } mac ? new IdTag(TagPrefix + mac) : null;

    public override string ToString() => Text;

    private static string WithoutPrefix(string text) =>
        text.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase) ? text[TagPrefix.Length..] : text;

    /// <summary>12 hex digits, bare or in pairs parted by colons or hyphens.</summary>
    private static string? MacOf(string text)
    {
        var parted = text.Length == MacDigits + 5 && text[2] is ':' or '-';
        var digits = parted ? text.Replace(text[2].ToString(), "", StringComparison.Ordinal) : text;
        return digits.Length == MacDigits && digits.All(char.IsAsciiHexDigit) ? digits.ToUpperInvariant() : null;
    }

    private static VehicleIdentity? OfMac(string mac)
    {
        if (mac.All(digit => digit == '0') || mac.All(digit => digit == 'F'))
        {
            return null; // What chargers send that could not read an address.
        }

        var pairs = mac.Chunk(2).Select(pair => new string(pair)).ToArray();
        string[] upper = [mac, string.Join(':', pairs), string.Join('-', pairs), TagPrefix + mac];
        return new VehicleIdentity(mac, [.. upper, .. upper.Select(form => form.ToLowerInvariant()), TagPrefix + mac.ToLowerInvariant()]);
    }
}
