namespace EvCharge.Domain.Allocation;

/// <summary>
/// Over which of a charger's three terminals its vehicle draws, learned from measurements by phase. Before anything is known, all
/// of them.
/// </summary>
public sealed record PhaseUse
{
    public static readonly PhaseUse Unknown = new();

    /// <summary>A terminal that carries more is used, in A.</summary>
    private const double Used = 1;

    /// <summary>One that carries less is not, in A, while another carries more than <see cref="Charges"/>.</summary>
    private const double Unused = 0.5;

    private const double Charges = 3;
    private const int Convincing = 3;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);

    /// <summary>The terminals by number, as if they were wired to L1, L2 and L3.</summary>
    public Phases Terminals { get; init; } = Phases.All;

    /// <summary>By terminal, measurements in a row in which it carried nothing while another did, and since when.</summary>
    private ImmutableArray<(int Count, DateTimeOffset Since)> Quiet { get; init; } = [default, default, default];

    /// <summary>A terminal is given up after some measurements, and taken back with the first that shows a current on it.</summary>
    /// <param name="currents">Of the terminals, in A; null where nothing was measured. Others than three say nothing.</param>
    public PhaseUse Measured(ReadOnlySpan<double?> currents, DateTimeOffset now)
    {
        if (currents.Length != Quiet.Length)
        {
            return this;
        }
        var charges = false;
        foreach (var current in currents)
        {
            charges |= current > Charges;
        }
        var (terminals, quiet) = (Terminals, Quiet.ToBuilder());
        for (var terminal = 0; terminal < currents.Length; terminal++)
        {
            var bit = (Phases)(1 << terminal);
            quiet[terminal] = !charges || !(currents[terminal] < Unused) ? default
                : quiet[terminal] is { Count: > 0 } before ? before with { Count = before.Count + 1 }
                : (1, now);
            terminals = currents[terminal] > Used ? terminals | bit
                : quiet[terminal].Count >= Convincing && now - quiet[terminal].Since >= Shortest ? terminals & ~bit
                : terminals;
        }
        return new PhaseUse { Terminals = terminals, Quiet = quiet.MoveToImmutable() };
    }
}
