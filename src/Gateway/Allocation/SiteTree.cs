using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.Gateway.Allocation;

/// <summary>The limit tree of a site as it is put.</summary>
internal static class SiteTree
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>What is wrong with it, by member; empty when nothing is, or there is none.</summary>
    public static IReadOnlyList<(string Field, string Rule)> Faults(JsonElement? tree)
    {
        if (tree is not { } element)
        {
            return [];
        }
        if (element.ValueKind != JsonValueKind.Object)
        {
            return [("tree", "must be an object")];
        }
        try
        {
            var read = element.Deserialize<TreeSettings>(Format)!;
            return (read.Nodes ?? []).Any(node => node is null) || (read.Schedule ?? []).Any(entry => entry is null)
                ? [("tree", "must not have a null in a list")]
                : [.. read.Faults().Select(fault => ($"tree.{fault.Field}", fault.Rule))];
        }
        catch (JsonException wrong)
        {
            return [($"tree{wrong.Path?[1..]}", "is not what a limit tree has there")];
        }
    }
}
