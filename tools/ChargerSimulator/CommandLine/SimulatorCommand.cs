using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.Fleets;

namespace EvCharge.ChargerSimulator.CommandLine;

/// <summary>The arguments of the executable, checked, as fleet options.</summary>
internal sealed class SimulatorCommand
{
    private readonly Option<Uri> _url = new("--url") { Description = "Base URL of the CSMS, e.g. ws://127.0.0.1:8080/ocpp", Required = true, CustomParser = ParseUrl };
    private readonly Option<int> _count = Whole("--count", "Number of chargers", 8, 1, 100_000);
    private readonly Option<int> _twins = Whole("--twins", "How many of them have two connectors", 1, 0, 100_000);
    private readonly Option<string> _prefix = new("--prefix") { Description = "Identities are this and a number", DefaultValueFactory = _ => "SIM" };
    private readonly Option<string?> _password = new("--password") { Description = "Basic auth password of every charger" };
    private readonly Option<string[]> _tags = new("--tag") { Description = "Tag of a driver; may be repeated. Without it each outlet has its own" };
    private readonly Option<int> _seed = Whole("--seed", "Seed of everything random", 1, 0, int.MaxValue);
    private readonly Option<int?> _sessions = new("--sessions") { Description = "Visits in all; without it they never end" };
    private readonly Option<double> _scale = Number("--time-scale", "How many times faster than real time visits pass", 1, 0.001, 100_000);
    private readonly Option<double> _shortest = Number("--shortest", "Shortest session, seconds", 180, 0.1, 1e6);
    private readonly Option<double> _longest = Number("--longest", "Longest session, seconds", 900, 0.1, 1e6);
    private readonly Option<double> _pause = Number("--pause", "Longest pause between two visits, seconds", 60, 0, 1e6);
    private readonly Option<double> _sample = Number("--sample", "Time between two meter values, seconds", 10, 0.1, 86_400);
    private readonly Option<Dictionary<Fault, double>> _faults = new("--fault")
    {
        Description = "Chance of a fault per frame, e.g. reset=0.01; may be repeated: "
            + string.Join(", ", Enum.GetNames<Fault>().Skip(1).Select(name => name.ToLowerInvariant())),
        CustomParser = ParseFaults,
    };

    private readonly Option<FileInfo?> _ledger = new("--ledger") { Description = "File for the record of all transaction messages, JSON lines" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Log every connection" };

    public RootCommand Root(Func<FleetOptions, FileInfo?, bool, CancellationToken, Task<int>> run)
    {
        var root = new RootCommand("Simulated OCPP 1.6 charge points with vehicles, faults and a ledger of what was acknowledged.")
        {
            _url, _count, _twins, _prefix, _password, _tags, _seed, _sessions, _scale, _shortest, _longest, _pause, _sample,
            _faults, _ledger, _verbose,
        };
        _sessions.Validators.Add(result => Check(result, result.GetValue(_sessions) ?? 1, 1, int.MaxValue));
        root.Validators.Add(result =>
        {
            if (result.Errors.Any() is false && result.GetValue(_longest) < result.GetValue(_shortest))
                result.AddError("--longest must not be below --shortest");
        });
        root.SetAction((parsed, stop) => run(Options(parsed), parsed.GetValue(_ledger), parsed.GetValue(_verbose), stop));
        return root;
    }

    private FleetOptions Options(ParseResult parsed) => new()
    {
        Url = parsed.GetRequiredValue(_url),
        Count = parsed.GetValue(_count),
        Twins = parsed.GetValue(_twins),
        Prefix = parsed.GetRequiredValue(_prefix),
        Password = parsed.GetValue(_password),
        Tags = [.. parsed.GetValue(_tags) ?? []],
        Seed = parsed.GetValue(_seed),
        Sessions = parsed.GetValue(_sessions),
        TimeScale = parsed.GetValue(_scale),
        ShortestSession = TimeSpan.FromSeconds(parsed.GetValue(_shortest)),
        LongestSession = TimeSpan.FromSeconds(parsed.GetValue(_longest)),
        LongestPause = TimeSpan.FromSeconds(parsed.GetValue(_pause)),
        SampleInterval = TimeSpan.FromSeconds(parsed.GetValue(_sample)),
        Faults = FaultsOf(parsed.GetValue(_faults) ?? []),
    };

    private static FaultOptions FaultsOf(Dictionary<Fault, double> chances) => new()
    {
        Reset = chances.GetValueOrDefault(Fault.Reset),
        Drop = chances.GetValueOrDefault(Fault.Drop),
        Replay = chances.GetValueOrDefault(Fault.Replay),
        Silence = chances.GetValueOrDefault(Fault.Silence),
        Malformed = chances.GetValueOrDefault(Fault.Malformed),
        Offline = chances.GetValueOrDefault(Fault.Offline),
    };

    private static Option<int> Whole(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result => Check(result, result.GetValue(option), least, most));
        return option;
    }

    private static Option<double> Number(string name, string description, double standard, double least, double most)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result => Check(result, result.GetValue(option), least, most));
        return option;
    }

    private static void Check(OptionResult result, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            result.AddError($"{result.Option.Name} must be from {least} to {most}");
    }

    private static Uri? ParseUrl(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss")
            return url;
        result.AddError("--url must be an absolute ws or wss URL");
        return null;
    }

    private static Dictionary<Fault, double>? ParseFaults(ArgumentResult result)
    {
        Dictionary<Fault, double> chances = [];
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split('=');
            if (parts.Length != 2 || !Enum.TryParse<Fault>(parts[0], ignoreCase: true, out var fault) || fault == Fault.None
                || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var chance) || chance is not (>= 0 and <= 1))
            {
                result.AddError($"--fault {token.Value}: expected a fault and a chance from 0 to 1, e.g. reset=0.01");
                return null;
            }

            chances[fault] = chance;
        }

        return chances;
    }
}
