namespace EvCharge.Hosting;

/// <summary>
/// The command line of a program: switches such as <c>--demo</c>, values such as <c>--data DIR</c>, and settings
/// (<c>--Section:Key=value</c>, <c>--urls URL</c>) that belong to the configuration.
/// </summary>
public sealed class CommandLine
{
    private readonly HashSet<string> _switches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private CommandLine(string[] settings) => Settings = settings;

    /// <summary>What is left for the host's configuration, each as <c>--Key=value</c>.</summary>
    public string[] Settings { get; }

    /// <param name="switches">Names that stand alone, with their dashes.</param>
    /// <param name="values">Names that a value follows, with their dashes.</param>
    /// <param name="problem">What is not understood; null when nothing is.</param>
    public static CommandLine? Read(string[] arguments, string[] switches, string[] values, out string? problem)
    {
        var settings = new List<string>();
        var found = new HashSet<string>(StringComparer.Ordinal);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        problem = null;
        for (var at = 0; at < arguments.Length; at++)
        {
            switch (arguments[at])
            {
                case var name when switches.Contains(name):
                    found.Add(name);
                    break;
                case var name when values.Contains(name) && at + 1 < arguments.Length:
                    given[name] = arguments[++at];
                    break;
                case "--urls" when at + 1 < arguments.Length:
                    settings.Add($"--urls={arguments[++at]}");
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.Contains('=', StringComparison.Ordinal):
                    settings.Add(setting);
                    break;
                default:
                    problem = $"'{arguments[at]}' is not understood.";
                    return null;
            }
        }

        var line = new CommandLine([.. settings]);
        line._switches.UnionWith(found);
        foreach (var (name, value) in given)
        {
            line._values[name] = value;
        }

        return line;
    }

    public bool Has(string name) => _switches.Contains(name);

    public string? Value(string name) => _values.GetValueOrDefault(name);
}
