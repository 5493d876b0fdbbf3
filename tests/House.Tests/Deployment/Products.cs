using System.Text.RegularExpressions;

namespace EvCharge.HouseTests.Deployment;

/// <summary>What the programs understand, as far as their sources say.</summary>
internal static partial class Products
{
    /// <summary>Names of variables that the programs read.</summary>
    public static IReadOnlySet<string> Variables { get; } = Repository.CSharp("src")
        .SelectMany(source => Variable().Matches(source.Text).Select(match => match.Groups["name"].Value))
        .Concat(["POD_IP"])
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a variable means something to a program, or to the platform that it runs on.</summary>
    public static bool Understand(string variable) =>
        Variables.Contains(variable) || variable.StartsWith("OTEL_", StringComparison.Ordinal) || variable.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || variable == "Logging__Console__FormatterName";

    /// <summary>The instruments of the programs and what Prometheus calls them, without the endings of histograms.</summary>
    public static IReadOnlyDictionary<string, string> Metrics { get; } = Repository.CSharp("src")
        .SelectMany(source => Instrument().Matches(source.Text))
        .ToDictionary(match => match.Groups["name"].Value, match => PrometheusName(match.Groups["name"].Value, match.Groups["kind"].Value, match.Groups["unit"].Value));

    private static string PrometheusName(string name, string kind, string unit)
    {
        var words = name.Replace('.', '_') + unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            _ => "",
        };
        return kind == "Counter" ? words + "_total" : words;
    }

    [GeneratedRegex(@"""(?<name>(EVCHARGE|OTEL)_[A-Z_]+)""")]
    private static partial Regex Variable();

    [GeneratedRegex(@"Create(Observable)?(?<kind>Counter|UpDownCounter|Histogram|Gauge)(<\w+>)?\(\s*""(?<name>evcharge\.[a-z.]+)"",(\s*\(\) => [^,]+,)?\s*""(?<unit>[^""]+)""")]
    private static partial Regex Instrument();
}
