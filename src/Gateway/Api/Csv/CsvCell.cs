using System.Buffers;

namespace EvCharge.Gateway.Api.Csv;

/// <summary>
/// Text as a cell of a table (RFC 4180). A spreadsheet takes what begins with <c>= + - @</c>, a tab or a line break for a
/// formula: such text is written behind an apostrophe, and read without it.
/// </summary>
internal static class CsvCell
{
    private const char Guard = '\'';
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\r\n");

    public static string Write(string? text)
    {
        var guarded = text is { Length: > 0 } && (IsFormula(text[0]) || text[0] == Guard) ? Guard + text : text ?? "";
        return guarded.AsSpan().ContainsAny(Quoted) ? $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : guarded;
    }

    public static string Unguarded(string cell) =>
        cell is [Guard, var next, ..] && (IsFormula(next) || next == Guard) ? cell[1..] : cell;

    private static bool IsFormula(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n';
}
