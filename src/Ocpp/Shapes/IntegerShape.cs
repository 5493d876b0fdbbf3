using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>A whole number, int or long, between two bounds. What a type cannot hold becomes the nearest it can.</summary>
internal sealed class IntegerShape(bool isLong, long least, long most) : Shape
{
    private readonly long _smallest = isLong ? long.MinValue : int.MinValue;
    private readonly long _greatest = isLong ? long.MaxValue : int.MaxValue;

    public override object Empty => Boxed(0);

    public override object? Read(ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var number)
                ? Boxed(Bounded(number, trail))
                : Boxed(Rounded(Encoding.UTF8.GetString(reader.ValueSpan), trail));
        }

        if (NumberShape.TextOf(ref reader, trail, optional) is not { } text)
        {
            return null;
        }

        return Boxed(long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
            ? Bounded(parsed, trail)
            : Rounded(text, trail));
    }

    public override void Write(Utf8JsonWriter writer, object value, PayloadTrail trail) =>
        writer.WriteNumberValue(Bounded(value is int number ? number : (long)value, trail));

    private long Rounded(string text, PayloadTrail trail)
    {
        if (!NumberShape.TryParse(text, out var number))
        {
            throw trail.Fault(ErrorCode.TypeConstraintViolation, "a whole number is wanted");
        }

        var rounded = Math.Round(number, MidpointRounding.AwayFromZero);
        if (rounded != number)
        {
            trail.Odd(DeviationRule.FractionForInteger, ErrorCode.TypeConstraintViolation, text);
        }
        else if (trail is { Tolerant: false })
        {
            // 1.0 and 1e3 are whole, yet no integers to a JSON schema of draft 4.
            throw trail.Fault(ErrorCode.TypeConstraintViolation, "a whole number is wanted");
        }

        // 2^63 itself is not a long; converting saturates, so the comparison must not.
        if (rounded is >= 9223372036854775808.0 or < -9223372036854775808.0)
        {
            trail.Odd(DeviationRule.OutOfRange, ErrorCode.PropertyConstraintViolation, text);
            return rounded > 0 ? _greatest : _smallest;
        }

        return Bounded((long)rounded, trail);
    }

    private long Bounded(long number, PayloadTrail trail)
    {
        if (number < least || number > most)
        {
            trail.Odd(
                DeviationRule.OutOfRange,
                ErrorCode.PropertyConstraintViolation,
                number.ToString(CultureInfo.InvariantCulture));
        }

        return Math.Clamp(number, _smallest, _greatest);
    }

    private object Boxed(long number) => isLong ? number : (object)(int)number;

    public override JsonObject Describe() => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };
}
