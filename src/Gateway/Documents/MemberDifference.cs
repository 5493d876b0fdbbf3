using System.Text.Json;

namespace EvCharge.Gateway.Documents;

/// <summary>A member that is another than before.</summary>
/// <param name="Member">Its path: limit, smartCharging.deadBand, connectors[0].maxCurrent.</param>
/// <param name="From">Null where there was none.</param>
/// <param name="To">Null where there is none any more. A password has neither.</param>
public sealed record MemberDifference(string Member, JsonElement? From, JsonElement? To)
{
    /// <summary>The members of two objects that differ, each named by its path. Lists are compared place by place.</summary>
    internal static IReadOnlyList<MemberDifference> Between(JsonElement? before, JsonElement? after)
    {
        var found = new List<MemberDifference>();
        Compare("", before, after, found);
        return found;
    }

    private static void Compare(string path, JsonElement? before, JsonElement? after, List<MemberDifference> found)
    {
        if (before is null && after is null)
        {
            return;
        }

        var kind = (before ?? after)!.Value.ValueKind;
        var alike = before is null || after is null || before.Value.ValueKind == after.Value.ValueKind;
        if (alike && kind == JsonValueKind.Object)
        {
            foreach (var name in Names(before).Union(Names(after)))
            {
                Compare(path.Length == 0 ? name : $"{path}.{name}", Part(before, name), Part(after, name), found);
            }
        }
        else if (alike && kind == JsonValueKind.Array)
        {
            for (var place = 0; place < Math.Max(Length(before), Length(after)); place++)
            {
                Compare($"{path}[{place}]", Item(before, place), Item(after, place), found);
            }
        }
        else if (before is null || after is null || !JsonElement.DeepEquals(before.Value, after.Value))
        {
            found.Add(new MemberDifference(path, before, after));
        }
    }

    private static IEnumerable<string> Names(JsonElement? part) => part is null ? [] : part.Value.EnumerateObject().Select(member => member.Name);

    private static JsonElement? Part(JsonElement? part, string name) =>
        part is { } element && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static int Length(JsonElement? part) => part?.GetArrayLength() ?? 0;

    private static JsonElement? Item(JsonElement? part, int place) => place < Length(part) ? part!.Value[place] : null;
}
