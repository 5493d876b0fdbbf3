namespace EvCharge.Standalone;

/// <summary>The command line of a standalone installation.</summary>
/// <param name="Demo">Add a site with simulated chargers.</param>
/// <param name="DataFolder">Everything the installation keeps. Default <c>./data</c>, or EVCHARGE_DATA.</param>
/// <param name="Rest">What is left for the host's configuration, such as <c>--urls</c>.</param>
internal sealed record StandaloneOptions(bool Demo, string DataFolder, string[] Rest)
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    public const string Usage = """
        usage: EvCharge.Standalone [--demo] [--data DIR] [--urls URL[;URL]] [--Section:Key=value …]

          --demo       add a site with eight simulated chargers
          --data DIR   folder of databases and secrets (default ./data, or EVCHARGE_DATA)
          --urls URL   where to listen (default http://127.0.0.1:8080)
        """;

    /// <summary>Null, with the reason, when the arguments make no sense.</summary>
    public static StandaloneOptions? Read(string[] args, out string? problem)
    {
        var demo = false;
        var data = Environment.GetEnvironmentVariable("EVCHARGE_DATA") ?? "data";
        var rest = new List<string>();
        problem = null;
        for (var at = 0; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "--demo":
                    demo = true;
                    break;
                case "--data" when at + 1 < args.Length:
                    data = args[++at];
                    break;
                case "--urls" when at + 1 < args.Length:
                    rest.Add($"--urls={args[++at]}");
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.Contains('=', StringComparison.Ordinal):
                    rest.Add(setting);
                    break;
                default:
                    problem = $"'{args[at]}' is not understood.";
                    return null;
            }
        }

        return new StandaloneOptions(demo, Path.GetFullPath(data), [.. rest]);
    }
}
