namespace EvCharge.Domain.Allocation;

/// <summary>When a charger is believed.</summary>
public sealed record TrustPolicy
{
    /// <summary>A charger counts with the most it can carry until it was once seen to follow a decrease.</summary>
    public bool Strict { get; init; }

    /// <summary>What may be drawn above a limit by the errors of meters and vehicles, as a part of it.</summary>
    public double Part { get; init; } = 0.03;

    /// <summary>The same in A.</summary>
    public double Current { get; init; } = 0.7;

    /// <summary>How long one that was caught is given no more than the minimum before it is tried again.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Whether a connector does what its charger says, judged by what its vehicle draws.</summary>
public sealed record Trust
{
    public static readonly Trust Untried = new();

    /// <summary>Measurements in a row after which it is no accident.</summary>
    private const int Convincing = 2;

    /// <summary>What is set aside above what was measured, in A.</summary>
    private const double Margin = 1;

    /// <summary>A vehicle that draws no more than this above its limit follows it, in A.</summary>
    private const double Follows = 0.5;

    /// <summary>No error of a meter, in A.</summary>
    private const double Clearly = 3;

    /// <summary>The most that was drawn, by what could be in force; 1 or more.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Measurements in a row above what could be in force.</summary>
    public int Overdraws { get; init; }

    /// <summary>The last of them, in A; 0 when the last measurement was none.</summary>
    public double Overdrawn { get; init; }

    /// <summary>Since when it is distrusted; null while it is believed.</summary>
    public DateTimeOffset? DistrustedAt { get; init; }

    /// <summary>It was seen to follow: it came down to a lower limit, or drew all of a limit and no more, and more under a higher one.</summary>
    public bool IsProven { get; init; }

    /// <summary>It draws more than a limit that it was told to come down to: following shows from here.</summary>
    public bool ComesDown { get; init; }

    /// <summary>The lowest limit of which it drew all and no more, in A; null as long as there was none.</summary>
    public double? Followed { get; init; }

    public bool IsDistrusted => DistrustedAt is not null;

    /// <param name="current">The highest of the phases, in A.</param>
    /// <param name="inForce">What it may be under, before this measurement.</param>
    public Trust Measured(double current, InForce inForce, DateTimeOffset now, TrustPolicy policy)
    {
        if (current > (inForce.High * (1 + policy.Part)) + policy.Current)
        {
            var caught = this with { Overdraws = Overdraws + 1, Overdrawn = current };
            return caught.Overdraws < Convincing ? caught : caught with { DistrustedAt = now, Factor = FactorWith(current, inForce.High) };
        }

        var honest = this with { Overdraws = 0, Overdrawn = 0, DistrustedAt = now - DistrustedAt >= policy.Retry ? null : DistrustedAt };
        return current > inForce.Held + Follows
            ? honest with { ComesDown = inForce.Settling is not null, IsProven = IsProven || current > Followed + Clearly }
            : honest with
            {
                ComesDown = false,
                IsProven = IsProven || ComesDown || current > Followed + Clearly,
                Followed = inForce.Held > 0 && current >= inForce.Held - Clearly / 2 ? Math.Min(Followed ?? inForce.Held, inForce.Held) : Followed,
            };
    }

    /// <summary>Whether what it may be under is not all that it may draw.</summary>
    public bool Doubts(TrustPolicy policy) => IsDistrusted || Overdrawn > 0 || (policy.Strict && !IsProven);

    /// <summary>What a vehicle may draw that starts, in A: one that was caught is expected to draw as much too much again.</summary>
    /// <param name="launch">What it may draw by its limit.</param>
    /// <param name="most">What the connector can carry.</param>
    public double Start(double launch, double most) => Math.Max(launch, Math.Min(most, Factor * launch));

    /// <summary>What is counted for it, in A.</summary>
    /// <param name="high">The highest limit that may be in force.</param>
    /// <param name="most">What the connector can carry.</param>
    /// <param name="drawn">What its vehicle was last measured to draw.</param>
    public double Reserve(double high, double most, double drawn, TrustPolicy policy)
    {
        var believed = policy.Strict && !IsProven ? Math.Max(high, most) : Math.Max(high, Math.Min(most, Factor * high));
        var known = IsDistrusted || Factor > 1 ? Math.Max(drawn, Overdrawn) : Overdrawn;
        return known > 0 ? Math.Max(believed, known + Margin) : believed;
    }

    /// <summary>To what was set to nothing there is no ratio: what it draws is counted as long as it does.</summary>
    private double FactorWith(double current, double high) => high > 0 ? Math.Max(Factor, current / high) : Factor;
}
