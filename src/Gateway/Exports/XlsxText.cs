using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EvCharge.Gateway.Exports;

/// <summary>Text of a cell (ECMA-376 part 1 §22.9.2.19, ST_Xstring): XML 1.0 has no control characters, so they are spelled out.</summary>
internal static partial class XlsxText
{
    public static string Escaped(string text)
    {
        var at = 0;
        while (at < text.Length && IsPlain(text[at]))
        {
            at++;
        }

        return at == text.Length ? text : Rewritten(text);
    }

    private static bool IsPlain(char character) =>
        character is >= ' ' and not ('<' or '>' or '&' or '_') && !char.IsSurrogate(character) && character < '\uFFFE';

    private static string Rewritten(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in SpelledOut().Replace(text, "_x005F_x$1_").EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '\t' or '\n' => escaped.Append((char)rune.Value),
                < ' ' or 0xFFFE or 0xFFFF => escaped.Append(CultureInfo.InvariantCulture, $"_x{rune.Value:X4}_"),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>What looks spelled out already and is not.</summary>
    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex SpelledOut();
}
