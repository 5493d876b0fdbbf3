using System.Reflection;
using System.Text;
using System.Text.Json;

namespace EvCharge.Ocpp.Shapes;

/// <summary>A member of a record: its name on the wire, its shape, and what its absence means.</summary>
internal sealed class Member
{
    private readonly MethodInvoker _getter;
    private readonly AssumedAttribute? _assumed;

    public Member(ParameterInfo parameter, PropertyInfo property)
    {
        Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        Utf8Name = JsonEncodedText.Encode(Name);
        var nullability = new NullabilityInfoContext().Create(parameter);
        Optional = nullability.ReadState == NullabilityState.Nullable;
        Shape = ShapeFactory.Of(parameter);
        _assumed = parameter.GetCustomAttribute<AssumedAttribute>();
        _getter = MethodInvoker.Create(property.GetMethod!);
    }

    public string Name { get; }

    public JsonEncodedText Utf8Name { get; }

    public Shape Shape { get; }

    public bool Optional { get; }

    public object? Read(ref Utf8JsonReader reader, PayloadTrail trail) =>
        Leniency.Read(Shape, ref reader, trail, Optional, _assumed is not null);

    /// <summary>What stands in for the member when it is missing.</summary>
    public object? Missing(PayloadTrail trail)
    {
        if (Optional)
        {
            return null;
        }

        trail.Enter(Name);
        if (_assumed is null)
        {
            throw trail.Fault(ErrorCode.OccurenceConstraintViolation, "missing");
        }

        trail.Odd(DeviationRule.MissingMember, ErrorCode.OccurenceConstraintViolation, "");
        trail.Leave();
        return _assumed.Value ?? Shape.Empty;
    }

    public void Write(Utf8JsonWriter writer, object message, PayloadTrail trail)
    {
        var value = _getter.Invoke(message);
        if (value is null && Optional)
        {
            return;
        }

        trail.Enter(Name);
        writer.WritePropertyName(Utf8Name);
        Shape.Write(writer, value ?? throw trail.Fault(ErrorCode.OccurenceConstraintViolation, "missing"), trail);
        trail.Leave();
    }
}
