using System.Net;
using Microsoft.AspNetCore.Http;

namespace EvCharge.Hosting;

/// <summary>
/// The command line of a program: switches such as <c>--demo</c>, values such as <c>--data DIR</c>, and settings
/// (<c>--Section:Key=value</c>, <c>--urls URL</c>) that belong to the configuration.
/// </summary>
public sealed class CommandLine
{
    private const string Urls = "--urls";

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
                case Urls when at + 1 < arguments.Length:
                    settings.Add($"{Urls}={arguments[++at]}");
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.Contains('=', StringComparison.Ordinal):
                    settings.Add(setting);
                    break;
                default:
                    problem = $"'{arguments[at]}' is not understood.";
                    return null;
            }
        }

        if (settings.Find(setting => setting.StartsWith($"{Urls}=", StringComparison.Ordinal)) is { } urls
            && !urls[(Urls.Length + 1)..].Split(';', StringSplitOptions.RemoveEmptyEntries).All(IsUrl))
        {
            problem = $"'{urls}' names no addresses to listen at, such as http://127.0.0.1:8080.";
            return null;
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

    private static bool IsUrl(string text)
    {
        try
        {
            return BindingAddress.Parse(text) is { Scheme: "http" or "https", Port: >= 0 and <= IPEndPoint.MaxPort };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
