namespace EvCharge.Domain.Allocation;

/// <summary>How the connectors of a site are judged and told.</summary>
public sealed record ControlPolicy
{
    public DemandPolicy Demand { get; init; } = new();

    public ChangePolicy Changes { get; init; } = new();

    public TrustPolicy Trust { get; init; } = new();

    /// <summary>
    /// After how long a paused vehicle that took nothing since it came is let charge to see whether it wants to; each time in vain
    /// doubles it.
    /// </summary>
    public TimeSpan ProbeUncharged { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The same of one that has charged and is probably full.</summary>
    public TimeSpan ProbeCharged { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long it has its minimum then to show it.</summary>
    public TimeSpan ProbeTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Refusals in a row after which a charger takes no limits.</summary>
    public int Refusals { get; init; } = 3;

    /// <summary>
    /// After how long one that has not taken what it was told is planned as what it may be under: others make room for that, and not
    /// for what it should be under.
    /// </summary>
    public TimeSpan Unheard { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a charger is left alone after the first refusal, the second, and each further one.</summary>
    public ImmutableArray<TimeSpan> RefusalPauses { get; init; } = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10)];

    internal TimeSpan AfterRefusal(int refusals) =>
        refusals == 0 ? TimeSpan.Zero : RefusalPauses[Math.Min(refusals, RefusalPauses.Length) - 1];
}

/// <summary>What is configured for a connector, and known of its hardware. Currents in A on each loaded phase.</summary>
public sealed record ConnectorSettings
{
    /// <summary>Tells it apart from all others of the site.</summary>
    public required int Id { get; init; }

    /// <summary>The node of the <see cref="LimitTree"/> that it hangs on.</summary>
    public required int Node { get; init; }

    /// <inheritdoc cref="Demand.Phases"/>
    public Phases Phases { get; init; } = Phases.All;

    /// <inheritdoc cref="Demand.Conductors"/>
    public int Conductors { get; init; } = 3;

    /// <inheritdoc cref="Demand.Minimum"/>
    public double Minimum { get; init; } = 6;

    /// <summary>What connector and cable carry.</summary>
    public double Most { get; init; } = 32;

    /// <inheritdoc cref="Demand.Step"/>
    public double Step { get; init; } = 0.1;

    /// <inheritdoc cref="Demand.Priority"/>
    public int Priority { get; init; } = 5;

    /// <inheritdoc cref="Demand.Weight"/>
    public double Weight { get; init; } = 1;

    /// <inheritdoc cref="Demand.HoldsMinimum"/>
    public bool HoldsMinimum { get; init; }

    /// <inheritdoc cref="Demand.TakesTurns"/>
    public bool TakesTurns { get; init; }

    /// <summary>Launch energy: what a vehicle may draw that starts without a word, the limit of the default profile.</summary>
    public double Launch { get; init; } = 6;

    /// <summary>The charger takes limits in its default profile alone: what a transaction was given holds for the next one too.</summary>
    public bool OneProfile { get; init; }

    /// <summary>When a limit of it is worth a message, as far as that is not as for the site; null where it is.</summary>
    public ChangeSettings? Changes { get; init; }

    /// <summary>From a limit until vehicles have followed it; null for the policy's.</summary>
    public TimeSpan? Settle { get; init; }

    /// <summary>It takes the first limit after a pause and does not follow it.</summary>
    public bool ResendsAfterPause { get; init; }

    /// <summary>What is set aside for it while its charger is out of reach and no transaction is known.</summary>
    public double Offline { get; init; } = 6;
}
