using EvCharge.Fleet.Report;

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
        new("hostile", HostileScenario.Measure),
    ];
}
