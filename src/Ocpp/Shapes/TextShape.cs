using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>Text of at most so many characters.</summary>
internal class TextShape(int longest, bool anyJson) : Shape
{
    public override object Empty => "";

    public override object? Read(ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        var text = TextOf(ref reader, trail);
        if (text.Length == 0 && optional && trail.Tolerant)
        {
            trail.Odd(DeviationRule.EmptyText, ErrorCode.PropertyConstraintViolation, "");
            return null;
        }

        Check(text, trail);
        return text;
    }

    public override void Write(Utf8JsonWriter writer, object value, PayloadTrail trail)
    {
        var text = (string)value;
        Check(text, trail);
        writer.WriteStringValue(text);
    }

    /// <summary>Is the text as the standard wants it?</summary>
    protected virtual void Check(string text, PayloadTrail trail)
    {
        // Lengths count characters, not the halves that .NET makes of those beyond U+FFFF.
        if (text.Length > longest && text.EnumerateRunes().Count() > longest)
        {
            trail.Odd(DeviationRule.TooLong, ErrorCode.PropertyConstraintViolation, text);
        }
    }

    private string TextOf(ref Utf8JsonReader reader, PayloadTrail trail)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Plain(JsonText.Of(ref reader, out var broken), broken, trail);
            case JsonTokenType.Number:
                return Odd(DeviationRule.NumberForText, Encoding.UTF8.GetString(reader.ValueSpan), trail);
            case JsonTokenType.True or JsonTokenType.False:
                return Odd(DeviationRule.BooleanForText, reader.TokenType == JsonTokenType.True ? "true" : "false", trail);
            case JsonTokenType.StartObject or JsonTokenType.StartArray when anyJson:
                return Odd(DeviationRule.JsonForText, JsonText.Raw(ref reader, trail.Source.Span), trail);
            default:
                throw WrongType(trail, "text", reader.TokenType);
        }
    }

    private static string Odd(string rule, string text, PayloadTrail trail)
    {
        trail.Odd(rule, ErrorCode.TypeConstraintViolation, text);
        return text;
    }

    private static string Plain(string text, bool broken, PayloadTrail trail)
    {
        if (broken)
        {
            trail.Odd(DeviationRule.BrokenEscape, ErrorCode.FormationViolation, text);
        }

        if (!ControlCharacters.AreIn(text))
        {
            return text;
        }

        trail.Odd(DeviationRule.ControlCharacters, ErrorCode.PropertyConstraintViolation, text);
        return ControlCharacters.Without(text);
    }

    public override JsonObject Describe() =>
        longest == int.MaxValue ? new JsonObject { ["type"] = "string" } : new JsonObject { ["type"] = "string", ["maxLength"] = longest };
}
