using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EvCharge.Gateway.Files;

namespace EvCharge.Gateway.Api;

/// <summary>
/// Payloads as people may see them: a ChangeConfiguration of AuthorizationKey carries the charger's password, and what a
/// charger is to fetch or send, an address that is a right by itself.
/// </summary>
internal static class SecretPayload
{
    private const string Mask = "***";

    public static JsonElement? Masked(string action, ReadOnlyMemory<byte> payload)
    {
        if (FileAddress.IsCarriedBy(action))
        {
            return StoredJson.Element(Encoding.UTF8.GetBytes(FileAddress.Masked(Encoding.UTF8.GetString(payload.Span))));
        }

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
