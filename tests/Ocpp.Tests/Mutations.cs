using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.OcppTests;

/// <summary>Payloads that differ from a valid one in one place: a member less or more, of another type, or over-long.</summary>
internal static class Mutations
{
    private const int BeyondEveryLimit = 501;

    public static IEnumerable<JsonObject> Of(JsonObject payload) => Paths(payload).SelectMany(path => At(payload, path));

    private static IEnumerable<JsonObject> At(JsonObject payload, string[] path)
    {
        yield return Changed(payload, path, owner => owner["memberOfNoSchema"] = 1);
        foreach (var name in Owner(payload, path).Select(member => member.Key).ToArray())
        {
            yield return Changed(payload, path, owner => owner.Remove(name));
            yield return Changed(payload, path, owner => owner[name] = null);
            yield return Changed(payload, path, owner => owner[name] = new JsonObject());
            yield return Changed(payload, path, owner => owner[name] = true);
            yield return Changed(payload, path, owner => owner[name] = 2);
            yield return Changed(payload, path, owner => owner[name] = 7.25);
            yield return Changed(payload, path, owner => owner[name] = "7");
            yield return Changed(payload, path, owner => owner[name] = new string('x', BeyondEveryLimit));
            if (Owner(payload, path)[name] is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            {
                yield return Changed(payload, path, owner => owner[name] = text.GetValue<string>() + "x");
            }
        }
    }

    private static JsonObject Changed(JsonObject payload, string[] path, Action<JsonObject> change)
    {
        var copy = payload.DeepClone().AsObject();
        change(Owner(copy, path));
        return copy;
    }

    private static JsonObject Owner(JsonObject payload, string[] path) => path
        .Aggregate((JsonNode)payload, (node, step) => node is JsonArray items ? items[0]! : node[step]!)
        .AsObject();

    /// <summary>Where the objects of the payload are; of a list the first item stands for all.</summary>
    private static IEnumerable<string[]> Paths(JsonNode? node) => node switch
    {
        JsonObject members => [[], .. members.SelectMany(member => Below(member.Key, member.Value))],
        JsonArray { Count: > 0 } items => Below("0", items[0]),
        _ => [],
    };

    private static IEnumerable<string[]> Below(string step, JsonNode? node) =>
        Paths(node).Select(path => (string[])[step, .. path]);
}
