using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace EvCharge.Storage;

/// <summary>
/// What every engine keeps alike. Chargers send texts that no database takes (U+0000 in PostgreSQL, half a surrogate pair in
/// UTF-8) and SQLite has no NaN: such a value is replaced as it is bound, in facts and in questions, so that no fact is
/// unstorable and a repeat is found by the same key.
/// </summary>
public static class StorableValue
{
    /// <summary>The value as a parameter; <see cref="DBNull"/> for null.</summary>
    public static object Of(object? value) => value switch
    {
        null => DBNull.Value,
        string text => Of(text),
        double number => Of(number),
        _ => value,
    };

    /// <summary>The text with U+FFFD in place of U+0000 and of surrogates that stand alone.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text) =>
        text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') || text.AsSpan().Contains('\0') ? Replace(text!) : text;

    /// <summary>The number, or 0 when it is none; infinities become the ends of the range.</summary>
    public static double Of(double number) =>
        double.IsFinite(number) ? number : double.IsNaN(number) ? 0 : double.CopySign(double.MaxValue, number);

    /// <summary>
    /// The text as part of a key, of which no engine's index holds any length: one of more than 255 characters is told by
    /// its beginning and its SHA-256.
    /// </summary>
    public static string Key(string text)
    {
        const int Longest = 255;
        const int Digest = 2 * SHA256.HashSizeInBytes;
        return text.Length <= Longest
            ? text
            : $"{text.AsSpan(0, Longest - Digest - 1)}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    private static string Replace(string text)
    {
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append(rune.Value == 0 ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return storable.ToString();
    }
}
