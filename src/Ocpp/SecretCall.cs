using System.Text.Encodings.Web;
using System.Text.Json;

namespace EvCharge.Ocpp;

/// <summary>
/// The call that carries a charger's password: ChangeConfiguration of AuthorizationKey (OCPP-J 1.6 §6.2.2). It goes over the
/// wire as it is, and nowhere else.
/// </summary>
public static class SecretCall
{
    public const string Action = "ChangeConfiguration";
    public const string Key = "AuthorizationKey";

    /// <summary>What stands in the place of the password.</summary>
    public const string Mask = "***";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The password that a call sets; null for any other call.</summary>
    /// <param name="payload">A JSON object, or nothing.</param>
    public static string? PasswordIn(string action, ReadOnlyMemory<byte> payload) => Read(action, payload)?.Value;

    /// <summary>The payload without the password; any other as it is.</summary>
    public static ReadOnlyMemory<byte> Masked(string action, ReadOnlyMemory<byte> payload) =>
        Read(action, payload) is { } change ? Write(change.Key, Mask) : payload;

    /// <summary>True for a payload whose password was taken out: it cannot be sent any more.</summary>
    public static bool IsMasked(string action, ReadOnlyMemory<byte> payload) => PasswordIn(action, payload) == Mask;

    /// <summary>The payload that sets a password.</summary>
    public static byte[] With(string password) => Write(Key, password);

    private static byte[] Write(string key, string value) => JsonSerializer.SerializeToUtf8Bytes(new { key, value }, Plain);

    private static (string Key, string? Value)? Read(string action, ReadOnlyMemory<byte> payload)
    {
        if (action != Action || payload.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(payload);
        return Text(document.RootElement, "key") is { } key && string.Equals(key, Key, StringComparison.OrdinalIgnoreCase)
            ? (key, Text(document.RootElement, "value") ?? "")
            : null;
    }

    private static string? Text(JsonElement payload, string member) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}
