using System.Net.Sockets;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">Of each measurement; their median counts.</param>
/// <param name="Scale">Multiplies times and numbers of chargers: 1, or less for a look at whether all works.</param>
internal sealed record Effort(int Rounds, double Scale)
{
    public static readonly Effort Full = new(5, 1);
    public static readonly Effort Quick = new(1, 0.2);

    public int Of(int count) => Math.Max(1, (int)(count * Scale));

    public TimeSpan Of(TimeSpan time) => time * Scale;
}

/// <summary>One thing that is measured, by the verb that runs it alone.</summary>
internal sealed record Scenario(string Verb, Func<Effort, Task<Findings>> Measure)
{
    public static readonly Scenario[] All =
    [
        new("heartbeat", HeartbeatScenario.Measure),
        new("sessions", SessionsScenario.Measure),
        new("group-commit", GroupCommitScenario.Measure),
        new("idle-memory", IdleMemoryScenario.Measure),
        new("idle-cpu", IdleCpuScenario.Measure),
        new("storm", StormScenario.Measure),
        new("logins", LoginsScenario.Measure),
        new("neighbours", NeighboursScenario.Measure),
        new("hostile", HostileScenario.Measure),
        new("site-faults", SiteFaultsScenario.Measure),
        new("limit-cut", LimitCutScenario.Measure),
        new("pages", PagesScenario.Measure),
        new("curves", CurvesScenario.Measure),
        new("costs", CostsScenario.Measure),
    ];

    /// <summary>Measures, tells and, unless it was quick, keeps what came out.</summary>
    /// <returns>True when all floors are met. A scenario that breaks off has met none, and the others still follow.</returns>
    public async Task<bool> Run(bool quick)
    {
        Findings findings;
        try
        {
            findings = await Measure(quick ? Effort.Quick : Effort.Full);
        }
        catch (Exception broken) when (broken is IOException or SocketException or HttpRequestException or InvalidOperationException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"{Verb} broke off: {broken}");
            return false;
        }

        var text = findings.Markdown($"dotnet run -c Release --project bench/Fleet -- {Verb}");
        Console.WriteLine(text);
        if (!quick)
        {
            Directory.CreateDirectory(BuiltAssembly.ResultsFolder);
            await File.WriteAllTextAsync(Path.Combine(BuiltAssembly.ResultsFolder, $"fleet-{Verb}.md"), text);
        }

        return findings.AllMet;
    }
}
