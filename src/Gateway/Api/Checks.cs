using System.Globalization;

namespace EvCharge.Gateway.Api;

/// <summary>Gathers what is wrong with a body, so that one answer names every member at fault, the first hundred of them.</summary>
internal sealed class Checks
{
    private const int Most = 100;

    private readonly Dictionary<string, string[]> errors = [];

    public Checks That(bool holds, string field, string rule)
    {
        if (!holds && errors.Count < Most)
        {
            errors.TryAdd(field, [rule]);
        }

        return this;
    }

    /// <summary>Text of an operator: not empty, not too long, and without control characters that would forge log lines.</summary>
    public Checks Text(string? value, string field, int maxLength) =>
        value is null
            ? this
            : That(
                value.Length > 0 && value.Length <= maxLength && !value.Any(char.IsControl),
                field,
                $"must be 1 to {maxLength} characters without control characters");

    public Checks OneOf(string? value, string field, IReadOnlyList<string> allowed) =>
        value is null ? this : That(allowed.Contains(value), field, $"must be one of {string.Join(", ", allowed)}");

    public Checks Range(double? value, string field, double min, double max) =>
        value is null
            ? this
            : That(value >= min && value <= max, field, string.Create(CultureInfo.InvariantCulture, $"must be {min} to {max}"));

    public Checks Name(string? inBody, string inPath, string field) =>
        That(inBody is null || inBody == inPath, field, "must be the name in the path");

    /// <exception cref="ApiFault">422 when anything is wrong.</exception>
    public void ThrowIfAny()
    {
        if (errors.Count > 0)
        {
            throw ApiFault.Invalid(errors);
        }
    }
}
