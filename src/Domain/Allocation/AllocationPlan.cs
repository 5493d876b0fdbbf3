namespace EvCharge.Domain.Allocation;

/// <summary>Why a connector gets what it gets.</summary>
[GenerateSerializer, Alias("evc.LimitReason")]
public enum LimitReason
{
    /// <summary>It gets the most that vehicle, cable and charger can take.</summary>
    Most,

    /// <summary>A limit above it leaves no more: <see cref="Allotment.Row"/>.</summary>
    Row,

    /// <summary>There is not room for its minimum now; it waits for its turn.</summary>
    Waiting,

    /// <summary>It takes nothing, and others need the room.</summary>
    Sleeping,

    /// <summary>No vehicle: what a start may draw at once.</summary>
    Idle,

    /// <summary>Out of reach of limits: what it may draw is set aside.</summary>
    Fixed,
}

/// <summary>What a connector is to get.</summary>
/// <param name="Current">In A on each loaded phase; a multiple of its step, 0 to pause it.</param>
/// <param name="Reason">Why no more.</param>
/// <param name="Row">The row of the <see cref="LimitTree"/> that stopped it, or -1.</param>
public readonly record struct Allotment(double Current, LimitReason Reason, int Row);

/// <summary>What all connectors of a site are to get, in the order of the demands.</summary>
/// <param name="Allotments">One for each demand.</param>
/// <param name="Left">What is left of each row of the tree; infinite where it has no limit, below 0 where what is set aside is more than it.</param>
public sealed record AllocationPlan(ImmutableArray<Allotment> Allotments, ImmutableArray<double> Left);

/// <summary>How a site shares.</summary>
/// <param name="LaunchReserve">
/// For how many vehicles that start without a word room is kept on each row: those of the largest reserves; null for all.
/// </param>
/// <param name="Strict">
/// Priorities go class by class once everyone has the minimum; else they are weights, of which each step is a factor of the
/// square root of two.
/// </param>
public sealed record AllocationPolicy(int? LaunchReserve = null, bool Strict = true);
