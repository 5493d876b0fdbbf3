using System.Text;
using System.Text.RegularExpressions;

namespace EvCharge.Gateway.Security;

/// <summary>
/// The password of a charger (OCPP AuthorizationKey) as a salted hash. A key of 16 to 20 bytes is configured as
/// hexadecimal text, but OCPP-J 1.6 §6.2.2 puts its bytes into the Basic header and many chargers put the text: both are
/// the same key, and the case of its digits does not matter.
/// </summary>
public static partial class ChargerSecret
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    /// <summary>True for text that may be configured: 8 to 128 printable ASCII characters.</summary>
    public static bool IsAcceptable(string password) =>
        password.Length is >= MinLength and <= MaxLength && password.All(Printable);

    public static string Hash(string password) => PasswordHash.Of(Canonical(password));

    /// <summary>
    /// Compares the bytes that a charger sent after the colon of its Basic credentials. A null <paramref name="hash"/> is
    /// refused after the same time as a wrong password.
    /// </summary>
    public static bool Verify(string? hash, ReadOnlySpan<byte> password)
    {
        var text = Encoding.Latin1.GetString(password);
        return PasswordHash.Verify(hash, text.All(Printable) ? Canonical(text) : Convert.ToHexString(password));
    }

    private static bool Printable(char c) => c is >= ' ' and <= '~';

    private static string Canonical(string password) =>
        HexadecimalKey().IsMatch(password) ? password.ToUpperInvariant() : password;

    [GeneratedRegex(@"\A([0-9A-Fa-f]{2}){16,20}\z")]
    private static partial Regex HexadecimalKey();
}
