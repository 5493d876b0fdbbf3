using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>A list of like values; one that stands alone is a list of one.</summary>
/// <param name="least">The fewest items there should be.</param>
/// <param name="lenient">Items that make no sense are left out, where oddities are tolerated.</param>
internal sealed class ListShape<T>(Shape items, int least, bool lenient) : Shape
{
    public override object Empty => Array.Empty<T>();

    public override object? Read(ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        var list = new List<T>();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var at = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; at++)
            {
                Add(list, at, ref reader, trail);
            }
        }
        else
        {
            trail.Odd(DeviationRule.SingleForList, ErrorCode.TypeConstraintViolation, reader.TokenType.ToString());
            Add(list, 0, ref reader, trail);
        }

        CheckCount(list.Count, trail);
        return list;
    }

    public override void Write(Utf8JsonWriter writer, object value, PayloadTrail trail)
    {
        var list = (IReadOnlyCollection<T>)value;
        CheckCount(list.Count, trail);
        writer.WriteStartArray();
        var at = 0;
        foreach (var item in list)
        {
            trail.Enter(at++);
            items.Write(writer, item ?? throw trail.Fault(ErrorCode.OccurenceConstraintViolation, "null"), trail);
            trail.Leave();
        }

        writer.WriteEndArray();
    }

    private void Add(List<T> list, int at, ref Utf8JsonReader reader, PayloadTrail trail)
    {
        trail.Enter(at);
        if (reader.TokenType == JsonTokenType.Null)
        {
            trail.Odd(DeviationRule.NullValue, ErrorCode.TypeConstraintViolation, "null");
        }
        else if (Leniency.Read(items, ref reader, trail, optional: true, lenient) is T item)
        {
            list.Add(item);
        }

        trail.Leave();
    }

    private void CheckCount(int count, PayloadTrail trail)
    {
        if (count < least)
        {
            trail.Odd(DeviationRule.EmptyList, ErrorCode.OccurenceConstraintViolation, "[]");
        }
    }

    public override JsonObject Describe() => new() { ["type"] = "array", ["items"] = items.Describe(), ["minItems"] = least };
}
