using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EvCharge.Gateway.Api;

/// <summary>Parameters that the tables keep as JSON text: written without the members nobody set.</summary>
internal static class StoredJson
{
    /// <summary>What chargers sent is kept as it came, and some leave a comma behind the last member.</summary>
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string? Write<T>(T? parameters)
        where T : class
    {
        var text = parameters is null ? null : JsonSerializer.Serialize(parameters, Options);
        return text == "{}" ? null : text;
    }

    public static T? Read<T>(string? text)
        where T : class => text is null ? null : JsonSerializer.Deserialize<T>(text, Options);

    public static JsonElement? Element(string? text) =>
        text is null ? null : JsonSerializer.Deserialize<JsonElement>(JsonText.Mended(text), Options);

    public static JsonElement? Element(ReadOnlyMemory<byte> utf8) =>
        utf8.IsEmpty ? null : Element(Encoding.UTF8.GetString(utf8.Span));
}
