using System.Numerics;

namespace EvCharge.Domain.Allocation;

/// <summary>The phases of the site's supply that a vehicle loads.</summary>
[Flags]
public enum Phases
{
    None = 0,
    L1 = 1,
    L2 = 2,
    L3 = 4,
    All = L1 | L2 | L3,
}

public static class PhasesExtensions
{
    public static int Count(this Phases phases) => BitOperations.PopCount((uint)phases);

    /// <param name="phase">0 for L1 to 2 for L3.</param>
    public static bool Has(this Phases phases, int phase) => ((int)phases >> phase & 1) != 0;
}
