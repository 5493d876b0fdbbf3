namespace EvCharge.Domain.Allocation;

/// <summary>What a connector is to the allocation at one moment.</summary>
public enum DemandKind
{
    /// <summary>No vehicle. Room for the sudden start of one is kept.</summary>
    Idle,

    /// <summary>A vehicle that takes, or would take, what it gets.</summary>
    Hungry,

    /// <summary>A vehicle that takes nothing: full, or not yet woken.</summary>
    Sleeping,

    /// <summary>Out of reach of limits just now: what it may draw is set aside and not changed.</summary>
    Fixed,
}

/// <summary>
/// What a connector wants. Currents are those of each loaded phase on the site's side, in A; a DC charger's are its power by
/// three times the voltage and its efficiency.
/// </summary>
public readonly record struct Demand
{
    /// <summary>Tells connectors apart where all else is equal, so that the order of the input never matters; unique.</summary>
    public required int Id { get; init; }

    /// <summary>The node of the <see cref="LimitTree"/> that it hangs on.</summary>
    public required int Node { get; init; }

    public required DemandKind Kind { get; init; }

    /// <summary>The phases it counts on. A single-phase vehicle of unknown rotation counts on all three.</summary>
    public Phases Phases { get; init; } = Phases.All;

    /// <summary>The phases that its power flows over; fewer than <see cref="Phases"/> where the rotation is unknown.</summary>
    public int Conductors { get; init; } = 3;

    /// <summary>Below it a vehicle does not charge (IEC 61851-1: 6 A).</summary>
    public double Minimum { get; init; } = 6;

    /// <summary>What it would use of what it might get.</summary>
    public double Estimate { get; init; } = 32;

    /// <summary>What vehicle, cable and charger can take at most.</summary>
    public double Most { get; init; } = 32;

    /// <summary>Limits are multiples of it, 0.1 A or more.</summary>
    public double Step { get; init; } = 0.1;

    /// <summary>0, last, to 9, first.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>The share beside others of its class; positive.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>It keeps its minimum as long as there is room for it anywhere in its class.</summary>
    public bool HoldsMinimum { get; init; }

    /// <summary>Of the connectors on its node one at a time charges.</summary>
    public bool TakesTurns { get; init; }

    /// <summary>It is to have nothing until others were tried; see <see cref="Trials"/>.</summary>
    public bool MustRest { get; init; }

    /// <summary>Who gets the minimum first where it is not enough for all: lower first; see <see cref="AdmissionRank"/>.</summary>
    public double Rank { get; init; }

    /// <summary>Of <see cref="DemandKind.Fixed"/> what it may draw, of <see cref="DemandKind.Idle"/> what a start draws at once.</summary>
    public double Reserve { get; init; }

    public Demand()
    {
    }

    /// <summary>The least limit in steps with which it charges.</summary>
    internal double LeastInSteps => Math.Ceiling((Minimum / Step) - Tolerance) * Step;

    /// <summary>The highest limit in steps.</summary>
    internal double MostInSteps => Math.Floor((Most / Step) + Tolerance) * Step;

    private const double Tolerance = 1e-9;
}

/// <summary>
/// The order in which the minimum is given where there is not room for all: those in the middle of their turn, then those
/// that have come and never had one, then those that wait, the longest first, then those whose turn is over.
/// </summary>
public static class AdmissionRank
{
    private const double Class = 1e9;

    /// <param name="runningFor">Since it was let in; null while it waits.</param>
    /// <param name="waitingFor">Since it was paused; null when it never had a turn.</param>
    /// <param name="slot">How long a turn is.</param>
    public static double Of(TimeSpan? runningFor, TimeSpan? waitingFor, TimeSpan slot) => (runningFor, waitingFor) switch
    {
        ({ } running, _) when running < slot => -running.TotalSeconds,
        ({ } running, _) => (3 * Class) + running.TotalSeconds,
        (null, null) => Class,
        (null, { } waiting) => (2 * Class) - waiting.TotalSeconds,
    };
}
