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

        var start = reader;
        var depth = trail.Depth;
        try
        {
            return shape.Read(ref reader, trail, optional);
        }
        catch (OcppFault fault)
        {
            trail.Odd(DeviationRule.SenselessValue, fault.Code, fault.Message);
            trail.ReturnTo(depth);
            reader = start;
            reader.Skip();
            return null;
        }
    }
}
