using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EvCharge.Grains.Proxy;

/// <summary>Payloads for and of systems whose every word cannot be trusted.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object with what is written into it.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A member that is text; null for any other.</summary>
    public static string? Text(JsonElement payload, string member) =>
        Member(payload, member) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>A member that is a whole number of 32 bits; null for any other.</summary>
    public static int? Integer(JsonElement payload, string member) =>
        Member(payload, member) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var number) ? number : null;

    private static JsonElement? Member(JsonElement payload, string member) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(member, out var found) ? found : null;
}
