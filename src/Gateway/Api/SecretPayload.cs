using System.Text;
using System.Text.Json;
using EvCharge.Gateway.Files;
using EvCharge.Ocpp;

namespace EvCharge.Gateway.Api;

/// <summary>
/// Payloads as people may see them: a ChangeConfiguration of AuthorizationKey carries the charger's password, and what a
/// charger is to fetch or send, an address that is a right by itself.
/// </summary>
internal static class SecretPayload
{
    public static JsonElement? Masked(string action, ReadOnlyMemory<byte> payload)
    {
        if (FileAddress.IsCarriedBy(action))
        {
            return StoredJson.Element(Encoding.UTF8.GetBytes(FileAddress.Masked(Encoding.UTF8.GetString(payload.Span))));
        }

        return StoredJson.Element(SecretCall.Masked(action, payload));
    }
}
