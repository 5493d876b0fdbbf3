using System.Collections.Immutable;

namespace EvCharge.ChargerSimulator.Sites;

/// <summary>A site of chargers whose physics are watched while a CSMS limits them.</summary>
public sealed record SiteRunOptions
{
    /// <summary>Base of the connection URL, without the identity.</summary>
    public required Uri Url { get; init; }

    /// <summary>Identities of its chargers, configured at the CSMS.</summary>
    public required ImmutableArray<string> Chargers { get; init; }

    /// <summary>What may be drawn on each phase, A.</summary>
    public required double Limit { get; init; }

    /// <summary>Has the CSMS know of another limit; awaited before the grace begins.</summary>
    public required Func<double, Task> SetLimit { get; init; }

    /// <summary>Seed of vehicles, times and faults. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long it runs. Default 3 min.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Chargers are slow, lose their links, refuse limits and leave them unanswered. Default true.</summary>
    public bool Faults { get; init; } = true;

    /// <summary>Some chargers ignore limits and some draw 6 % too much. Default false.</summary>
    public bool Cheaters { get; init; }

    /// <summary>Longest time that slow chargers take to follow a limit. Default 12 s.</summary>
    public TimeSpan Slowest { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>In which a limit that was cut may be followed. Default 15 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between two cuts to half of the limit, and from each to when it is lifted. Default 45 s.</summary>
    public TimeSpan BetweenCuts { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>From which to which length vehicles charge. Default 40 to 120 s.</summary>
    public (TimeSpan Shortest, TimeSpan Longest) Sessions { get; init; } = (TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(120));

    /// <summary>Time between two MeterValues. Default 5 s.</summary>
    public TimeSpan SampleInterval { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>What was seen of the chargers and nothing else: the CSMS was not asked.</summary>
/// <param name="Seconds">Watched.</param>
/// <param name="SecondsOver">In which more was drawn than 1.01 times the limit and 0.5 A, outside of the grace after a cut.</param>
/// <param name="SecondsBeyondReach">
/// Of those, in which the chargers that no message moves, since they are offline or ignore limits, drew more than the limit by themselves.
/// </param>
/// <param name="WorstExcess">The most above the limit in those seconds, A.</param>
/// <param name="SecondsInForceOver">In which what the charging vehicles were allowed by their profiles was more than that.</param>
/// <param name="Use">What was drawn of the limit while the vehicles wanted more than it, 0 to 1.</param>
/// <param name="Sessions">Begun.</param>
/// <param name="CutReaction">The longest time from a cut until less was drawn than it.</param>
/// <param name="Profiles">Limits that chargers were told.</param>
/// <param name="SessionHours">Of all vehicles together.</param>
/// <param name="Moments">Who drew what at the beginning of each time over.</param>
public sealed record SiteReport(
    int Seconds, int SecondsOver, int SecondsBeyondReach, double WorstExcess, int SecondsInForceOver, double Use, int Sessions, TimeSpan CutReaction, int Profiles,
    double SessionHours, ImmutableArray<string> Moments);
