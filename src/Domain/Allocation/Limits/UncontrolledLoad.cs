namespace EvCharge.Domain.Allocation.Limits;

/// <summary>How what others than vehicles take is known. Values in the unit of the limit that it is taken from.</summary>
public sealed record UncontrolledLoadPolicy
{
    /// <summary>The highest of that long counts: what falls may rise again at once.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After that without a reading nothing is known.</summary>
    public TimeSpan Stale { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>What is counted then.</summary>
    public double WorstCase { get; init; }

    /// <summary>
    /// Whether the meter shows what vehicles take as well. Theirs is taken off where it was measured within <see cref="Window"/>: what one
    /// has ceased to take since is still in the highest reading of that time.
    /// </summary>
    public bool CountsVehicles { get; init; }

    /// <summary>Whether vehicles may take what is generated beyond what others take.</summary>
    public bool UsesGeneration { get; init; }
}

/// <summary>The base load: what others than vehicles take at a node, by its meter.</summary>
public sealed record UncontrolledLoad
{
    public static readonly UncontrolledLoad Unknown = new();

    /// <summary>Of the window, each lower than the one before: those that a later one exceeds decide nothing any more.</summary>
    private ImmutableArray<(DateTimeOffset At, double Value)> Readings { get; init; } = [];

    private DateTimeOffset? ReadAt { get; init; }

    /// <param name="reading">What the meter shows without what the vehicles were measured to take; negative when more is generated.</param>
    /// <returns>The same when the reading is none.</returns>
    public UncontrolledLoad Measured(double reading, DateTimeOffset at, UncontrolledLoadPolicy policy) =>
        !double.IsFinite(reading) || at < ReadAt
            ? this
            : new UncontrolledLoad
            {
                Readings = [.. Readings.Where(earlier => at - earlier.At <= policy.Window && earlier.Value > reading), (at, reading)],
                ReadAt = at,
            };

    /// <summary>What is counted for it now.</summary>
    public double At(DateTimeOffset now, UncontrolledLoadPolicy policy)
    {
        if (ReadAt is not { } read || now - read > policy.Stale)
        {
            return policy.WorstCase;
        }

        var highest = Readings[^1].Value;
        foreach (var (at, value) in Readings)
        {
            if (now - at <= policy.Window)
            {
                highest = Math.Max(highest, value);
            }
        }

        return policy.UsesGeneration ? highest : Math.Max(0, highest);
    }
}
