using System.Text.Json;
using System.Text.RegularExpressions;

namespace EvCharge.Gateway.Api;

/// <summary>
/// What is wrong with a JSON body, in words that name the member and no type of ours. Text that is not JSON is 400; JSON
/// of another shape is 422.
/// </summary>
internal static partial class JsonFault
{
    public static ApiFault? Of(Exception? exception)
    {
        if (exception is not JsonException json)
        {
            return null;
        }

        var path = json.Path is { Length: > 2 } full && full.StartsWith("$.", StringComparison.Ordinal) ? full[2..] : "";

        // The serializer wraps what the reader found: text that breaks the grammar of JSON, or is nested too deep.
        if (json.InnerException is JsonException)
        {
            return Malformed(json, path);
        }

        var unknown = UnknownMember().Match(json.Message);
        return unknown.Success
            ? ApiFault.Invalid(Join(path, unknown.Groups["name"].Value), "is not a member")
            : ApiFault.Invalid(path, "has the wrong type");
    }

    public static ApiFault Malformed(JsonException json, string path = "") => new(
        StatusCodes.Status400BadRequest, "malformed", "The body is not JSON, or nested too deep.",
        new Dictionary<string, string[]> { [path] = [$"line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}"] });

    private static string Join(string path, string name) =>
        path.Length == 0 || path == name || path.EndsWith('.' + name, StringComparison.Ordinal) ? (path.Length == 0 ? name : path) : $"{path}.{name}";

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped")]
    private static partial Regex UnknownMember();
}
