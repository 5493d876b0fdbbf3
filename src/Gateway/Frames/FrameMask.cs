using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EvCharge.Gateway.Files;
using EvCharge.Ocpp;

namespace EvCharge.Gateway.Frames;

/// <summary>
/// Takes the charger's password out of what is logged: the value of the configuration key AuthorizationKey, in a
/// ChangeConfiguration and in answers to a GetConfiguration; and the secrets of the addresses where it fetches and sends files.
/// Everything else stays as it was, byte by byte.
/// </summary>
internal static class FrameMask
{
    private const string Mask = SecretCall.Mask;
    private const string SecretKey = SecretCall.Key;
    private static readonly byte[] Nothing = Encoding.UTF8.GetBytes(Mask);

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true };

    /// <param name="action">Operation of the call or of the call that is answered; empty when it is not known.</param>
    public static (ReadOnlyMemory<byte> Text, bool Masked) Of(string action, ReadOnlyMemory<byte> text)
    {
        if (FileAddress.IsCarriedBy(action))
        {
            var written = Encoding.UTF8.GetString(text.Span);
            var shown = FileAddress.Masked(written);
            if (shown != written)
            {
                return (Encoding.UTF8.GetBytes(shown), true);
            }
        }

        // The answer to a call that is not known may be any, and a name in JSON may be written with escapes.
        var isOfKeys = action is "ChangeConfiguration" or "GetConfiguration" || (action.Length == 0 && text.Span.IndexOf("\\u"u8) >= 0);
        if (!isOfKeys && !Mentions(text.Span))
        {
            return (text, false);
        }

        try
        {
            var frame = JsonNode.Parse(text.Span, documentOptions: Tolerant);
            return Masked(frame) ? (Encoding.UTF8.GetBytes(frame!.ToJsonString()), true) : (text, false);
        }
        catch (JsonException)
        {
            // What the secret is cannot be told apart from the rest.
            return (Nothing, true);
        }
        catch (ArgumentException)
        {
            // An object names a member twice: which of the two holds cannot be told.
            return (Nothing, true);
        }
    }

    /// <summary>Keys of a configuration are compared without regard to case (OCPP 1.6 §7.21, CiString).</summary>
    private static bool Mentions(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOfAny((byte)'A', (byte)'a'); at >= 0;)
        {
            text = text[at..];
            if (text.Length >= SecretKey.Length && Ascii.EqualsIgnoreCase(text[..SecretKey.Length], SecretKey))
            {
                return true;
            }

            text = text[1..];
            at = text.IndexOfAny((byte)'A', (byte)'a');
        }

        return false;
    }

    private static bool Masked(JsonNode? node)
    {
        var masked = false;
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                masked |= Masked(item);
            }
        }
        else if (node is JsonObject members)
        {
            if (IsSecret(members) && members.ContainsKey("value"))
            {
                members["value"] = Mask;
                return true;
            }

            foreach (var (_, member) in members)
            {
                masked |= Masked(member);
            }
        }

        return masked;
    }

    private static bool IsSecret(JsonObject members) =>
        members["key"] is JsonValue key && key.TryGetValue<string>(out var name)
        && string.Equals(name.Trim(), SecretKey, StringComparison.OrdinalIgnoreCase);
}
