using System.Globalization;
using EvCharge.Gateway.Exports;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Api;

/// <summary>Id tags as rows of a table: written in one order, read in any.</summary>
internal static class TagTable
{
    /// <summary>No name of a site contains it.</summary>
    private const char BetweenSites = ' ';

    /// <summary>Headed by the names of the members in any language, so that what was exported can be imported.</summary>
    public static readonly IReadOnlyList<Column<TagConfiguration>> Columns =
    [
        Named("idTag", tag => tag.IdTag),
        Named("status", tag => tag.Status),
        Named("expiry", tag => tag.Expiry),
        Named("parent", tag => tag.Parent),
        Named("sites", tag => string.Join(BetweenSites, tag.Sites)),
        Named("priority", tag => tag.Priority),
        Named("vehicle", tag => tag.Vehicle),
        Named("concurrentTransactions", tag => tag.ConcurrentTransactions),
        Named("departure", tag => tag.Departure?.ToString(TagInput.TimeOfDay, CultureInfo.InvariantCulture)),
        Named("energyWh", tag => tag.EnergyWh),
    ];

    public static readonly IReadOnlyList<string> Names = [.. Columns.Select(column => column.English)];

    /// <summary>Reads a row whose cells the header names. An empty cell is a member left out.</summary>
    /// <exception cref="ApiFault">422 naming the columns that cannot be read.</exception>
    public static TagInput Read(IReadOnlyList<string> header, IReadOnlyList<string> row)
    {
        new Checks().That(row.Count <= header.Count, "", $"has {row.Count} cells under {header.Count} columns").ThrowIfAny();
        var cells = header.Zip(row).Where(cell => cell.Second.Length > 0)
            .ToDictionary(cell => cell.First, cell => CsvText.Unguard(cell.Second), StringComparer.Ordinal);
        var expiry = DateTimeOffset.MinValue;
        var (priority, energy) = (0, 0.0);
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
            .That(
                !cells.TryGetValue("energyWh", out var wattHours)
                    || double.TryParse(wattHours, NumberStyles.Float, CultureInfo.InvariantCulture, out energy),
                "energyWh",
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
            cells.GetValueOrDefault("concurrentTransactions"),
            cells.GetValueOrDefault("departure"),
            wattHours is null ? null : energy);
    }

    private static Column<TagConfiguration> Named(string name, Func<TagConfiguration, Cell> value) => new(name, name, value);
}
