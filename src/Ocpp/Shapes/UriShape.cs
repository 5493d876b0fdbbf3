using System.Text.Json.Nodes;

namespace EvCharge.Ocpp.Shapes;

/// <summary>Text that is a URI with its scheme.</summary>
internal sealed class UriShape() : TextShape(int.MaxValue, anyJson: false)
{
    protected override void Check(string text, PayloadTrail trail)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out _))
        {
            trail.Odd(DeviationRule.NoUri, ErrorCode.PropertyConstraintViolation, text);
        }
    }

    public override JsonObject Describe() => new() { ["type"] = "string", ["format"] = "uri" };
}
