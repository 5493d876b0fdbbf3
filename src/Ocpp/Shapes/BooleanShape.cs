using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>true or false; from chargers also as a word, 1 or 0.</summary>
internal sealed class BooleanShape : Shape
{
    public override object Empty => false;

    public override object? Read(ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return reader.TokenType == JsonTokenType.True;
        }

        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            throw WrongType(trail, "true or false", reader.TokenType);
        }

        var word = Encoding.UTF8.GetString(reader.ValueSpan).Trim();
        trail.Odd(DeviationRule.WordForBoolean, ErrorCode.TypeConstraintViolation, word);
        return word.ToUpperInvariant() switch
        {
            "TRUE" or "1" => true,
            "FALSE" or "0" => false,
            "" when optional => null,
            _ => throw trail.Fault(ErrorCode.TypeConstraintViolation, "true or false is wanted"),
        };
    }

    public override void Write(Utf8JsonWriter writer, object value, PayloadTrail trail) =>
        writer.WriteBooleanValue((bool)value);

    public override JsonObject Describe() => new() { ["type"] = "boolean" };
}
