using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>Text that should be one of a few words. Others are kept: the standard grows, and chargers invent.</summary>
internal sealed class WordShape : TextShape
{
    private readonly (string Text, byte[] Utf8)[] words;

    public WordShape(Type words)
        : base(int.MaxValue, anyJson: false)
    {
        this.words = [.. words.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Select(word => (word, Encoding.UTF8.GetBytes(word)))];
    }

    public override object? Read(ref Utf8JsonReader reader, PayloadTrail trail, bool optional)
    {
        if (reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false })
        {
            foreach (var (text, utf8) in words)
            {
                if (reader.ValueSpan.SequenceEqual(utf8))
                {
                    return text;
                }
            }
        }

        return base.Read(ref reader, trail, optional);
    }

    protected override void Check(string text, PayloadTrail trail)
    {
        if (!Array.Exists(words, word => word.Text == text))
        {
            trail.Odd(DeviationRule.UnknownWord, ErrorCode.PropertyConstraintViolation, text);
        }
    }

    public override JsonObject Describe() =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word.Text))]) };
}
