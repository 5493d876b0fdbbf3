using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>A finite number, in steps of 0.1 where the standard says so.</summary>
internal sealed class NumberShape(bool tenths) : Shape
{
    private const double Noise = 1e-6;

    public override object Empty => 0.0;

    /// <summary>A number as chargers write it: decimal point or comma, exponent. Infinite beyond a double's reach.</summary>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        && !double.IsNaN(number)
        && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;

    /// <summary>A number that stands in quotes, without them; null for nothing in quotes in an optional member.</summary>
    public static string? TextOf(ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        var text = reader.TokenType == JsonTokenType.String
            ? JsonText.Of(ref reader, out _).Trim()
            : throw WrongType(trail, "a number", reader.TokenType);
        if (text.Length == 0 && optional)
        {
            trail.Odd(DeviationRule.EmptyText, ErrorCode.TypeConstraintViolation, text);
            return null;
        }

        if (!TryParse(text, out _))
        {
            throw trail.Fault(ErrorCode.TypeConstraintViolation, "a number is wanted");
        }

        trail.Odd(DeviationRule.TextForNumber, ErrorCode.TypeConstraintViolation, text);
        return text;
    }

    public override object? Read(ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        var text = reader.TokenType == JsonTokenType.Number
            ? Encoding.UTF8.GetString(reader.ValueSpan)
            : TextOf(ref reader, trail, optional);
        if (text is null)
        {
            return null;
        }

        return TryParse(text, out var number) && double.IsFinite(number)
            ? Checked(number, trail)
            : throw trail.Fault(ErrorCode.TypeConstraintViolation, "a finite number is wanted");
    }

    public override void Write(Utf8JsonWriter writer, object value, PayloadTrail trail)
    {
        var number = (double)value;
        if (!double.IsFinite(number))
        {
            throw trail.Fault(ErrorCode.PropertyConstraintViolation, "a finite number is wanted");
        }

        number = Checked(number, trail);
        writer.WriteNumberValue(tenths ? Math.Round(number, 1) : number);
    }

    private double Checked(double number, PayloadTrail trail)
    {
        if (tenths && Math.Abs(number * 10 - Math.Round(number * 10)) > Noise)
        {
            trail.Odd(
                DeviationRule.OutOfRange,
                ErrorCode.PropertyConstraintViolation,
                number.ToString(CultureInfo.InvariantCulture));
        }

        return number;
    }

    public override JsonObject Describe() =>
        tenths ? new JsonObject { ["type"] = "number", ["multipleOf"] = 0.1 } : new JsonObject { ["type"] = "number" };
}
