using System.Buffers;

namespace EvCharge.Gateway.Exports;

/// <summary>
/// Text as a field of CSV (RFC 4180). What a spreadsheet would take for a formula is led by an apostrophe, and so is what
/// begins with one, so that reading gives back exactly what was written.
/// </summary>
internal static class CsvText
{
    private const char Guard = '\'';

    /// <summary>What starts a formula, also in the full width that East Asian keyboards write (OWASP, CSV injection); and the guard.</summary>
    private static readonly SearchValues<char> Guarded = SearchValues.Create("=+-@\t\r\n＝＋－＠'");

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static string Write(string text)
    {
        if (text.Length > 0 && Guarded.Contains(text[0]))
        {
            text = Guard + text;
        }

        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    /// <summary>The text of a field that was unquoted already.</summary>
    public static string Unguard(string field) => field is [Guard, var next, ..] && Guarded.Contains(next) ? field[1..] : field;
}
