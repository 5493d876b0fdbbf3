using System.Text.Json;

namespace EvCharge.Ocpp.Shapes;

/// <summary>Reading a value whose faults may count as its absence.</summary>
internal static class Leniency
{
    public static object? Read(Shape shape, ref Utf8JsonReader reader, PayloadTrail trail, bool optional, bool lenient)
    {
        if (!lenient || !trail.Tolerant)
        {
            return shape.Read(ref reader, trail, optional);
        }

        return reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
            ? ReadNested(shape, ref reader, trail, optional)
            : ReadPlain(shape, ref reader, trail, optional);
    }

    /// <summary>A value of one token: the reader stays on it, whatever is said of it.</summary>
    private static object? ReadPlain(Shape shape, ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        var depth = trail.Depth;
        try
        {
            return shape.Read(ref reader, trail, optional);
        }
        catch (OcppFault fault)
        {
            Note(fault, depth, trail);
            return null;
        }
    }

    /// <summary>A value of many tokens: a fault may strike at any of them, and what is left is skipped.</summary>
    private static object? ReadNested(Shape shape, ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        var start = reader;
        var depth = trail.Depth;
        try
        {
            return shape.Read(ref reader, trail, optional);
        }
        catch (OcppFault fault)
        {
            Note(fault, depth, trail);
            reader = start;
            reader.Skip();
            return null;
        }
    }

    private static void Note(OcppFault fault, int depth, PayloadTrail trail)
    {
        trail.ReturnTo(depth);
        trail.Odd(DeviationRule.SenselessValue, fault.Code, fault.Message);
    }
}
