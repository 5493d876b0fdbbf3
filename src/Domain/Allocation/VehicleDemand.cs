namespace EvCharge.Domain.Allocation;

/// <summary>How what a vehicle draws becomes what it is expected to use.</summary>
public sealed record DemandPolicy
{
    /// <summary>From a limit until the measurements follow it.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Older measurements say nothing.</summary>
    public TimeSpan Stale { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>A vehicle that draws less is asleep, in A.</summary>
    public double Asleep { get; init; } = 0.3;

    /// <summary>What a vehicle keeps above what it draws, in A.</summary>
    public double Margin { get; init; } = 1.5;

    /// <summary>A vehicle that leaves more of its limit than this part of it, and than the margin, gives it to others.</summary>
    public double Part { get; init; } = 0.1;
}

/// <summary>
/// What a vehicle is expected to use, in A on each loaded phase. It gives away what two measurements in a row show that it
/// leaves, and takes it back in some steps as soon as it uses what it has.
/// </summary>
/// <param name="Estimate">What it would use of a limit.</param>
public sealed record VehicleDemand(double Estimate)
{
    /// <summary>Below what it has by no more than this it uses all, in A.</summary>
    private const double Uses = 2;

    private const double LeastGrowth = 3;
    private const double Growth = 1.3;
    private const int Convincing = 2;

    /// <summary>Measurements in a row that showed it left something.</summary>
    public int Leaves { get; init; }

    /// <summary>Measurements in a row in which it took nothing.</summary>
    public int Idles { get; init; }

    public bool Sleeps => Idles >= Convincing;

    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>A vehicle of which nothing is known: it may use all it can get.</summary>
    /// <param name="most">What vehicle, cable and charger can take.</param>
    public static VehicleDemand Unknown(double most) => new(most);

    /// <summary>The charger says that the vehicle takes nothing (SuspendedEV), before measurements show it.</summary>
    public VehicleDemand Suspended() => this with { Idles = Math.Max(Idles, Convincing), Leaves = 0 };

    /// <param name="current">The highest of the phases it loads, in A.</param>
    /// <param name="limit">What it is limited to.</param>
    /// <param name="limitedAt">Since when.</param>
    public VehicleDemand Measured(
        double current, DateTimeOffset at, double limit, DateTimeOffset limitedAt, double minimum, double most, DemandPolicy policy)
    {
        var next = this with { MeasuredAt = at };
        if (limit < minimum)
        {
            // Paused: what it does not draw it was not given.
            return next with { Leaves = 0 };
        }

        var settled = at - limitedAt >= policy.Settle;
        if (current < policy.Asleep)
        {
            return settled ? next with { Idles = Idles + 1, Leaves = 0 } : next;
        }

        if (Sleeps)
        {
            // It woke: how much it wants is seen when it may.
            return next with { Estimate = most, Idles = 0, Leaves = 0 };
        }

        next = next with { Idles = 0 };
        if (current >= Estimate - Uses)
        {
            return next with { Estimate = Math.Min(most, Math.Max(Estimate + LeastGrowth, Growth * Estimate)), Leaves = 0 };
        }

        if (!settled || limit - current <= Math.Max(policy.Margin, policy.Part * limit))
        {
            return next with { Leaves = 0 };
        }

        return Leaves + 1 >= Convincing
            ? next with { Estimate = Math.Clamp(current + policy.Margin, minimum, most), Leaves = Leaves + 1 }
            : next with { Leaves = Leaves + 1 };
    }

    /// <summary>What to plan with now: measurements that are too old say nothing, and nothing is taken away by them.</summary>
    public double At(DateTimeOffset now, double most, DemandPolicy policy) =>
        MeasuredAt is { } measured && now - measured <= policy.Stale ? Estimate : most;
}
