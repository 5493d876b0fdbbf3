using System.Globalization;

namespace EvCharge.Fleet.Report;

/// <summary>One promise of the bench: a number that must not be missed, and what was measured.</summary>
/// <param name="What">What was measured, and in which unit.</param>
/// <param name="AtLeast">True when more is better.</param>
/// <param name="Goal">Null where there is only a floor.</param>
internal sealed record Floor(string What, double Measured, double Bound, double? Goal, bool AtLeast)
{
    public bool IsMet => Holds(Bound);

    public string Verdict => !IsMet ? "MISSED" : Goal is { } goal && !Holds(goal) ? "met, goal missed" : "met";

    public string[] Cells() =>
        [What, Figure.Of(Measured), Limit(Bound), Goal is { } goal ? Limit(goal) : "", Verdict];

    private bool Holds(double bound) => AtLeast ? Measured >= bound : Measured <= bound;

    private string Limit(double bound) => (AtLeast ? "≥ " : "≤ ") + Figure.Of(bound);
}

/// <summary>Numbers as tables show them: three digits that count.</summary>
internal static class Figure
{
    public static string Of(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
