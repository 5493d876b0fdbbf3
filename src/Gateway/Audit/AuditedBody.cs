using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EvCharge.Gateway.Files;
using EvCharge.Ocpp;

namespace EvCharge.Gateway.Audit;

/// <summary>What a request asked for, as the audit log may show it: without passwords, keys and addresses that are rights.</summary>
internal static class AuditedBody
{
    private const string Mask = SecretCall.Mask;
    private const string SecretKey = SecretCall.Key;

    private static readonly string[] SecretMembers = ["password", "secret", "token", "accessToken", "code"];

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // What no number can be is refused after this, by the endpoint.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>True for the body among the arguments of an endpoint.</summary>
    public static bool Is(object? argument) =>
        argument?.GetType() is { Namespace: { } space } type
        && space.StartsWith("EvCharge.Gateway", StringComparison.Ordinal)
        && type.Name.EndsWith("Input", StringComparison.Ordinal);

    /// <param name="target">The path, which may say that the value is a secret.</param>
    public static string Of(object body, string target) =>
        Masked(JsonSerializer.SerializeToNode(body, body.GetType(), Form), target.EndsWith($"/{SecretKey}", StringComparison.OrdinalIgnoreCase));

    /// <param name="payload">JSON.</param>
    public static string Of(ReadOnlySpan<byte> payload) => Masked(JsonNode.Parse(payload), valueIsSecret: false);

    private static string Masked(JsonNode? body, bool valueIsSecret)
    {
        Hide(body, valueIsSecret);
        return FileAddress.Masked(body?.ToJsonString(Form) ?? "null");
    }

    private static void Hide(JsonNode? node, bool valueIsSecret)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Hide(item, valueIsSecret: false);
            }
        }

        if (node is not JsonObject members)
        {
            return;
        }

        var hides = valueIsSecret
            || members.Any(member => member is { Key: "key", Value: JsonValue key } && key.TryGetValue(out string? name)
                && string.Equals(name, SecretKey, StringComparison.OrdinalIgnoreCase));
        foreach (var name in members.Select(member => member.Key).ToList())
        {
            if (SecretMembers.Contains(name, StringComparer.OrdinalIgnoreCase) || (hides && name == "value"))
            {
                members[name] = Mask;
            }
            else
            {
                Hide(members[name], valueIsSecret: false);
            }
        }
    }
}
