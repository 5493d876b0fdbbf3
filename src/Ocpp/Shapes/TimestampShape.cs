using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>A moment: RFC 3339 out; in, whatever tells one.</summary>
internal sealed class TimestampShape : Shape
{
    public override object Empty => OcppTimestamp.Absent;

    public override object? Read(ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            var digits = Encoding.UTF8.GetString(reader.ValueSpan);
            trail.Odd(DeviationRule.NumberForTimestamp, ErrorCode.TypeConstraintViolation, digits);
            return new OcppTimestamp(digits, null);
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw WrongType(trail, "a timestamp", reader.TokenType);
        }

        if (TryRead(ref reader, out var plain))
        {
            return plain;
        }

        var text = ControlCharacters.Without(JsonText.Of(ref reader, out _));
        if (text.Length == 0 && optional && trail.Tolerant)
        {
            trail.Odd(DeviationRule.EmptyText, ErrorCode.PropertyConstraintViolation, "");
            return null;
        }

        var timestamp = TimestampText.Read(text, out var oddity);
        if (oddity is not null)
        {
            trail.Odd(oddity, ErrorCode.PropertyConstraintViolation, text);
        }

        return timestamp;
    }

    /// <summary>The notation that nearly all chargers use, yyyy-MM-ddTHH:mm:ss with or without a fraction and then Z.</summary>
    private static bool TryRead(ref Utf8JsonReader reader, out OcppTimestamp timestamp)
    {
        if (reader is { ValueIsEscaped: false, ValueSpan: [.., (byte)'Z'] and { Length: >= 20 and <= 28 } }
            && reader.ValueSpan[16] == ':'
            && reader.TryGetDateTimeOffset(out var moment))
        {
            timestamp = new OcppTimestamp(JsonText.Of(ref reader, out _), moment);
            return true;
        }

        timestamp = default;
        return false;
    }

    public override void Write(Utf8JsonWriter writer, object value, PayloadTrail trail) =>
        writer.WriteStringValue(((OcppTimestamp)value).Value is { } moment
            ? TimestampText.Write(moment)
            : throw trail.Fault(ErrorCode.PropertyConstraintViolation, "a moment is wanted"));

    public override JsonObject Describe() => new() { ["type"] = "string", ["format"] = "date-time" };
}
