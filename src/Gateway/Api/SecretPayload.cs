using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EvCharge.Gateway.Api;

/// <summary>
/// Payloads as people may see them: a ChangeConfiguration of AuthorizationKey carries the charger's password, and what a
/// charger is to fetch or send, an address that is a right by itself.
/// </summary>
internal static partial class SecretPayload
{
    private const string Mask = "***";

    public static JsonElement? Masked(string action, ReadOnlyMemory<byte> payload)
    {
        if (action is "UpdateFirmware" or "GetDiagnostics" or "GetLog" or "SignedUpdateFirmware")
        {
            return StoredJson.Element(Encoding.UTF8.GetBytes(Address().Replace(Encoding.UTF8.GetString(payload.Span), $"$1{Mask}")));
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

    /// <summary>The secret of an address as <see cref="Files.FileAddress"/> makes it.</summary>
    [GeneratedRegex("(/files/[a-z0-9-]{1,40}/)[A-Za-z0-9_-]{43}")]
    private static partial Regex Address();
}
