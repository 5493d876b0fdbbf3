using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>An object: a record whose constructor names the members.</summary>
internal sealed class RecordShape : Shape
{
    private readonly ConstructorInvoker _constructor;
    private readonly Member[] members;

    public RecordShape(Type type)
    {
        var primary = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        _constructor = ConstructorInvoker.Create(primary);
        members =
            [.. primary.GetParameters().Select(parameter => new Member(parameter, type.GetProperty(parameter.Name!)!))];
    }

    public override object? Empty => null;

    /// <summary>A record without any member sent, as null in place of a whole payload means it.</summary>
    public object Nothing(PayloadTrail trail) => Complete(new object?[members.Length], trail);

    public override object? Read(ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw WrongType(trail, "an object", reader.TokenType);
        }

        var values = new object?[members.Length];
        var expected = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var at = Find(ref reader, expected);
            if (at < 0)
            {
                Ignore(ref reader, trail);
                continue;
            }

            expected = at + 1;
            trail.Enter(members[at].Name);
            reader.Read();
            Take(ref values[at], members[at], ref reader, trail);
            trail.Leave();
        }

        return Complete(values, trail);
    }

    public override void Write(Utf8JsonWriter writer, object value, PayloadTrail trail)
    {
        writer.WriteStartObject();
        foreach (var member in members)
        {
            member.Write(writer, value, trail);
        }

        writer.WriteEndObject();
    }

    private static void Take(ref object? value, Member member, ref Utf8JsonReader reader, PayloadTrail trail)
    {
        if (value is not null)
        {
            trail.Odd(DeviationRule.RepeatedMember, ErrorCode.FormationViolation, member.Name);
        }

        if (reader.TokenType == JsonTokenType.Null)
        {
            // null never takes the place of a value that stood before it.
            trail.Odd(DeviationRule.NullValue, ErrorCode.TypeConstraintViolation, "null");
            return;
        }

        value = member.Read(ref reader, trail) ?? value;
    }

    private static void Ignore(ref Utf8JsonReader reader, PayloadTrail trail)
    {
        trail.Enter(ControlCharacters.Without(JsonText.Of(ref reader, out _)));
        reader.Read();
        trail.Odd(DeviationRule.UnknownMember, ErrorCode.FormationViolation, JsonText.Raw(ref reader, trail.Source.Span));
        trail.Leave();
    }

    private object Complete(object?[] values, PayloadTrail trail)
    {
        for (var at = 0; at < members.Length; at++)
        {
            values[at] ??= members[at].Missing(trail);
        }

        return _constructor.Invoke(values.AsSpan());
    }

    /// <summary>Most chargers keep the order of the standard: the next member is the likeliest.</summary>
    private int Find(ref Utf8JsonReader reader, int expected)
    {
        if (reader.ValueIsEscaped)
        {
            var name = JsonText.Of(ref reader, out _);
            return Array.FindIndex(members, member => member.Name == name);
        }

        for (var tried = 0; tried < members.Length; tried++)
        {
            var at = (expected + tried) % members.Length;
            if (reader.ValueSpan.SequenceEqual(members[at].Utf8Name.EncodedUtf8Bytes))
            {
                return at;
            }
        }

        return -1;
    }

    public override JsonObject Describe() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Shape.Describe()))),
        ["required"] = new JsonArray([.. members.Where(member => !member.Optional).Select(member => JsonValue.Create(member.Name))]),
        ["additionalProperties"] = false,
    };
}
