using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace EvCharge.Gateway.Security;

/// <summary>
/// The password of a charger (OCPP AuthorizationKey) as a salted hash. A key of 16 to 20 bytes is configured as
/// hexadecimal text, but OCPP-J 1.6 §6.2.2 puts its bytes into the Basic header and many chargers put the text: both are
/// the same key, and the case of its digits does not matter. What looks like such a key of random bytes is hashed fast:
/// nobody searches through 2^128 of them, and a fleet that comes back at once must not wait for a slow hash each.
/// </summary>
public static partial class ChargerSecret
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    private const string FastPrefix = "sha256:";
    private const int SaltBytes = 16;

    /// <summary>Fewer different bytes, or steps from one to the next, are hardly ever random, but often typed.</summary>
    private const int LeastVariety = 11;

    /// <summary>True for text that may be configured: 8 to 128 printable ASCII characters.</summary>
    public static bool IsAcceptable(string password) =>
        password.Length is >= MinLength and <= MaxLength && password.All(Printable);

    public static string Hash(string password)
    {
        var canonical = Canonical(password);
        return LooksRandom(canonical) ? FastHash(RandomNumberGenerator.GetBytes(SaltBytes), canonical) : PasswordHash.Of(canonical);
    }

    /// <summary>
    /// Compares the bytes that a charger sent after the colon of its Basic credentials. A null <paramref name="hash"/> is
    /// refused after the same time as a wrong password, whichever way that one is hashed.
    /// </summary>
    public static bool Verify(string? hash, ReadOnlySpan<byte> password) =>
        FitsAtOnce(hash, password) || PasswordHash.Verify(IsFast(hash) ? null : hash, TextOf(password));

    /// <summary>True for the right password where that is known without a slow hash; false means nothing.</summary>
    public static bool FitsAtOnce(string? hash, ReadOnlySpan<byte> password)
    {
        if (!IsFast(hash))
        {
            return false;
        }

        var salt = Convert.FromBase64String(hash![FastPrefix.Length..])[..SaltBytes];
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(FastHash(salt, TextOf(password))));
    }

    private static bool IsFast(string? hash) => hash is not null && hash.StartsWith(FastPrefix, StringComparison.Ordinal);

    private static string FastHash(byte[] salt, string canonical)
    {
        byte[] salted = [.. salt, .. Encoding.ASCII.GetBytes(canonical)];
        return FastPrefix + Convert.ToBase64String([.. salt, .. SHA256.HashData(salted)]);
    }

    private static bool LooksRandom(string canonical)
    {
        if (!HexadecimalKey().IsMatch(canonical))
        {
            return false;
        }

        var bytes = Convert.FromHexString(canonical);
        var steps = bytes.Zip(bytes.Skip(1), (one, next) => (byte)(next - one));
        return bytes.Distinct().Count() >= LeastVariety && steps.Distinct().Count() >= LeastVariety;
    }

    private static string TextOf(ReadOnlySpan<byte> password)
    {
        var text = Encoding.Latin1.GetString(password);
        return text.All(Printable) ? Canonical(text) : Convert.ToHexString(password);
    }

    private static bool Printable(char c) => c is >= ' ' and <= '~';

    private static string Canonical(string password) =>
        HexadecimalKey().IsMatch(password) ? password.ToUpperInvariant() : password;

    [GeneratedRegex(@"\A([0-9A-Fa-f]{2}){16,20}\z")]
    private static partial Regex HexadecimalKey();
}
