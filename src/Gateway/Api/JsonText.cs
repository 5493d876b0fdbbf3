using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace EvCharge.Gateway.Api;

/// <summary>
/// JSON can spell halves of surrogate pairs, which no text can hold (RFC 8259 §8.2): whoever reads such a string fails. From
/// callers it is refused; of chargers the half becomes a replacement character where it is shown.
/// </summary>
internal static partial class JsonText
{
    private const int HalfLength = 6;

    /// <summary>True when every string of the document can be read.</summary>
    public static bool IsReadable(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiRegistration.MaxJsonDepth, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The document with halves of pairs replaced.</summary>
    public static string Mended(string json) => json.Contains(@"\u", StringComparison.Ordinal)
        ? Escapes().Replace(json, escape => escape.Length == HalfLength ? @"\ufffd" : escape.Value)
        : json;

    /// <summary>A pair, a half, or any other escape, so that the second half of a pair and an escaped backslash are not taken for one.</summary>
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.", RegexOptions.Singleline)]
    private static partial Regex Escapes();

    /// <summary>Reads members of any shape, if all their strings can be read.</summary>
    public sealed class Converter : JsonConverter<JsonElement>
    {
        public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var element = JsonElement.ParseValue(ref reader);
            return IsReadable(Encoding.UTF8.GetBytes(element.GetRawText()))
                ? element
                : throw new JsonException("A string holds half of a surrogate pair.");
        }

        public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);
    }
}
