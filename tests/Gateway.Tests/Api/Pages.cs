using System.Net;
using System.Text.Json;

namespace EvCharge.GatewayTests.Api;

/// <summary>Walks a list to its end.</summary>
internal static class Pages
{
    public static async Task<IReadOnlyList<T>> All<T>(ApiClient client, string path, int limit, Func<JsonElement, T> read)
    {
        var seen = new List<T>();
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? next = null;
        do
        {
            var page = await client.Get($"{path}{separator}limit={limit}" + (next is null ? "" : $"&cursor={next}"));
            var items = page.Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToArray();
            Assert.True(items.Length <= limit, $"{items.Length} items on a page of {limit}");
            seen.AddRange(items.Select(read));
            next = page.Body.GetProperty("next").GetString();
            Assert.True(next is null || items.Length == limit, "a page that is not full has a next one");
        }
        while (next is not null);
        return seen;
    }
}
