using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>How values of one kind are read and written. A shape has no state; the trail carries the reading.</summary>
internal abstract class Shape
{
    /// <summary>What stands in for an absent value that must not be null (<see cref="AssumedAttribute"/>).</summary>
    public abstract object? Empty { get; }

    /// <summary>The value the reader stands on, which is never null. The reader is left on its last token.</summary>
    /// <returns>Null where the value says as much as an absent one, which only an optional member may.</returns>
    /// <exception cref="OcppFault">It cannot be read, or is odd where nothing odd is tolerated.</exception>
    public abstract object? Read(ref Utf8JsonReader reader, PayloadTrail trail, bool optional);

    /// <exception cref="OcppFault">The value is not one the standard allows.</exception>
    public abstract void Write(Utf8JsonWriter writer, object value, PayloadTrail trail);

    /// <summary>The values that the standard allows, as a JSON schema.</summary>
    public abstract JsonObject Describe();

    private protected static OcppFault WrongType(PayloadTrail trail, string wanted, JsonTokenType found) =>
        trail.Fault(ErrorCode.TypeConstraintViolation, $"{wanted} is wanted, not {found}");
}
