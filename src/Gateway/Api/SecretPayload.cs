using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Gateway.Api;

/// <summary>Payloads as people may see them: a ChangeConfiguration of AuthorizationKey carries the charger's password.</summary>
internal static class SecretPayload
{
    private const string Mask = "***";

    public static JsonElement? Masked(string action, ReadOnlyMemory<byte> payload)
    {
        if (action != "ChangeConfiguration" || payload.IsEmpty || JsonNode.Parse(payload.Span) is not JsonObject content)
        {
            return StoredJson.Element(payload);
        }

        if (string.Equals((string?)content["key"], "AuthorizationKey", StringComparison.OrdinalIgnoreCase))
        {
            content["value"] = Mask;
        }

        return JsonSerializer.SerializeToElement(content);
    }
}
