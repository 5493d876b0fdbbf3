using System.Globalization;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Api.Csv;

/// <summary>Id tags as rows of a table: written in one order, read in any.</summary>
internal static class TagTable
{
    /// <summary>No name of a site contains it.</summary>
    private const char BetweenSites = ' ';

    public static readonly IReadOnlyList<string> Columns =
        ["idTag", "status", "expiry", "parent", "sites", "priority", "vehicle", "concurrentTransactions"];

    public static readonly string Header = string.Join(',', Columns) + "\r\n";

    public static string Row(TagConfiguration tag) => string.Join(
        ',',
        CsvCell.Write(tag.IdTag),
        CsvCell.Write(tag.Status),
        tag.Expiry?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        CsvCell.Write(tag.Parent),
        CsvCell.Write(string.Join(BetweenSites, tag.Sites)),
        tag.Priority?.ToString(CultureInfo.InvariantCulture),
        CsvCell.Write(tag.Vehicle),
        CsvCell.Write(tag.ConcurrentTransactions)) + "\r\n";

    /// <summary>Reads a row whose cells the header names. An empty cell is a member left out.</summary>
    /// <exception cref="ApiFault">422 naming the columns that cannot be read.</exception>
    public static TagInput Read(IReadOnlyList<string> header, IReadOnlyList<string> row)
    {
        new Checks().That(row.Count <= header.Count, "", $"has {row.Count} cells under {header.Count} columns").ThrowIfAny();
        var cells = header.Zip(row).Where(cell => cell.Second.Length > 0)
            .ToDictionary(cell => cell.First, cell => CsvCell.Unguarded(cell.Second), StringComparer.Ordinal);
        var expiry = DateTimeOffset.MinValue;
        var priority = 0;
        new Checks()
            .That(
                !cells.TryGetValue("expiry", out var time)
                    || DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out expiry),
                "expiry",
                "must be a time, 2030-01-31T12:00:00Z")
            .That(
                !cells.TryGetValue("priority", out var number)
                    || int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out priority),
                "priority",
                "must be a number")
            .ThrowIfAny();
        return new TagInput(
            cells.GetValueOrDefault("idTag"),
            cells.GetValueOrDefault("status"),
            time is null ? null : expiry,
            cells.GetValueOrDefault("parent"),
            cells.GetValueOrDefault("sites")?.Split(BetweenSites, StringSplitOptions.RemoveEmptyEntries),
            number is null ? null : priority,
            cells.GetValueOrDefault("vehicle"),
            cells.GetValueOrDefault("concurrentTransactions"));
    }
}
