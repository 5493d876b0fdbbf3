using System.Buffers;

namespace EvCharge.Ocpp;

/// <summary>
/// Control characters have no business in OCPP text, but chargers send them, a NUL at the end of a value for one, and
/// databases refuse them. Tab and line ends in text are kept where they are escaped as JSON wants it.
/// </summary>
internal static class ControlCharacters
{
    private static readonly SearchValues<char> Unwanted = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\n', '\r']), '\x7F']);

    public static bool AreIn(ReadOnlySpan<char> text) => text.ContainsAny(Unwanted);

    public static bool AreIn(ReadOnlySpan<byte> utf8) => utf8.ContainsAnyInRange((byte)0, (byte)0x1F);

    public static string Without(string text) =>
        AreIn(text) ? string.Concat(text.Where(character => !Unwanted.Contains(character))) : text;

    /// <summary>A copy of JSON text with raw control bytes left out of its strings and blanked between them.</summary>
    public static byte[] Without(ReadOnlySpan<byte> json)
    {
        var clean = new byte[json.Length];
        var length = 0;
        var inText = false;
        var escaped = false;
        foreach (var symbol in json)
        {
            if (symbol < 0x20)
            {
                if (!inText)
                {
                    clean[length++] = (byte)' ';
                }

                continue;
            }

            clean[length++] = symbol;
            inText = symbol == '"' && !escaped ? !inText : inText;
            escaped = inText && symbol == '\\' && !escaped;
        }

        return clean[..length];
    }
}
