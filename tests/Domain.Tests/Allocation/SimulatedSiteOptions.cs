using System.Collections.Immutable;

namespace EvCharge.DomainTests.Allocation;

/// <summary>What a simulated site is like.</summary>
/// <param name="Kinds">Of its chargers.</param>
internal sealed record SimulatedSiteOptions(ImmutableArray<SimulatedKind> Kinds)
{
    /// <summary>The limit while it is not cut, in A.</summary>
    public double Full { get; init; } = 100;

    /// <summary>Between two changes of the limit on average, in s.</summary>
    public int BetweenCuts { get; init; } = 900;

    /// <summary>Of a session on average, in s.</summary>
    public int Session { get; init; } = 1_800;

    /// <summary>Until the next vehicle on average, in s.</summary>
    public int Pause { get; init; } = 120;

    /// <summary>Ten chargers of which two are away at times and the first is as it is said.</summary>
    public static SimulatedSiteOptions Ten(double excess = 1) => new(
        [.. Enumerable.Range(0, 10).Select(number => new SimulatedKind { Excess = number == 0 ? excess : 1, AwayOnceIn = number % 5 == 4 ? 600 : 0 })]);

    /// <summary>
    /// Of 100 chargers 72 are as they should be, 8 are away for half a minute in each session, 10 are slow, 3 ignore limits, 3 draw 6 %
    /// more, 2 refuse 30 % and 2 leave half unanswered; on a tenth of what they can carry together, in congestion.
    /// </summary>
    public static SimulatedSiteOptions Hundred { get; } = new([.. Enumerable.Range(0, 100).Select(Faulty)]) { Full = 480 };

    private static SimulatedKind Faulty(int number) => number switch
    {
        < 72 => new SimulatedKind(),
        < 80 => new SimulatedKind { AwayOnceIn = 1_800, BackOnceIn = 17 },
        < 90 => new SimulatedKind { LagSeconds = 5 + ((number - 80) * 7 / 9) },
        < 93 => new SimulatedKind { Excess = SimulatedConnector.Ignores },
        < 96 => new SimulatedKind { Excess = 1.06 },
        < 98 => new SimulatedKind { PercentRefused = 30 },
        _ => new SimulatedKind { PercentUnanswered = 50 },
    };
}

/// <summary>What a simulated charger is like.</summary>
internal sealed record SimulatedKind
{
    /// <summary>What it draws, of its limit.</summary>
    public double Excess { get; init; } = 1;

    /// <summary>From a limit until its vehicle follows (IEC 61851-1: 5 s).</summary>
    public int LagSeconds { get; init; } = 5;

    /// <summary>How long it is there on average, in s; 0 for always.</summary>
    public int AwayOnceIn { get; init; }

    /// <summary>How long it is away on average, in s.</summary>
    public int BackOnceIn { get; init; } = 30;

    public int PercentRefused { get; init; } = 2;

    public int PercentUnanswered { get; init; } = 1;

    /// <param name="drawn">Less than 100.</param>
    public Fate FateOf(int drawn) =>
        drawn == 0 ? Fate.Lost
        : drawn <= PercentRefused ? Fate.Refused
        : drawn <= PercentRefused + PercentUnanswered ? Fate.Unanswered
        : Fate.Taken;
}

/// <summary>What becomes of a limit that is sent.</summary>
internal enum Fate
{
    Taken,
    Lost,
    Refused,

    /// <summary>It is taken, and the answer lost.</summary>
    Unanswered,
}
