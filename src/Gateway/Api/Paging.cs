using System.ComponentModel;

namespace EvCharge.Gateway.Api;

/// <summary>A page of a list.</summary>
/// <param name="Next">Cursor of the page after this one; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page a client asks for.</summary>
public readonly record struct PageRequest(
    [property: Description("How many items, 1 to 1000; 100 by default.")] int? Limit,
    [property: Description("The next of the page before.")] string? Cursor)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    /// <exception cref="ApiFault">400 outside of 1 to 1000.</exception>
    public int Size() => Limit switch
    {
        null => DefaultLimit,
        >= 1 and <= MaxLimit => Limit.Value,
        _ => throw ApiFault.BadRequest("limit", $"must be 1 to {MaxLimit}"),
    };
}

internal static class Paging
{
    /// <summary>Reads one row more than the page holds, to know whether there is a next page.</summary>
    public static async Task<Page<TItem>> Read<TRow, TItem>(
        this PageRequest page,
        string list,
        Func<string?, int, Task<IReadOnlyList<TRow>>> read,
        Func<TRow, string> key,
        Func<TRow, TItem> item)
    {
        var size = page.Size();
        var rows = await read(Cursor.Decode(list, page.Cursor), size + 1);
        var next = rows.Count > size ? Cursor.Encode(list, key(rows[size - 1])) : null;
        return new Page<TItem>([.. rows.Take(size).Select(item)], next);
    }
}
