namespace EvCharge.Domain.Allocation;

/// <summary>
/// When a limit is worth a message. What a row needs is exempt from all of it: a cut goes out at once, whatever its size.
/// </summary>
public sealed record ChangePolicy
{
    /// <summary>Smaller changes are not sent, in A.</summary>
    public double DeadBand { get; init; } = 2;

    /// <summary>What a change against the direction of the last one needs on top, in A.</summary>
    public double Hysteresis { get; init; } = 1;

    /// <summary>Between two increases of one connector.</summary>
    public TimeSpan IncreaseInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a vehicle charges before it is paused.</summary>
    public TimeSpan MinimumOn { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long it is paused before it charges again.</summary>
    public TimeSpan MinimumOff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a vehicle has the minimum before those that wait for it.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Limits that one connector is sent in a minute at most.</summary>
    public int MessagesPerMinute { get; init; } = 6;
}

/// <summary>What is configured of one connector; null for what holds for its site.</summary>
/// <param name="DeadBand">In A, as is <paramref name="Hysteresis"/>.</param>
public sealed record ChangeSettings(double? DeadBand, double? Hysteresis, TimeSpan? IncreaseInterval)
{
    public ChangePolicy Over(ChangePolicy site) => site with
    {
        DeadBand = DeadBand ?? site.DeadBand,
        Hysteresis = Hysteresis ?? site.Hysteresis,
        IncreaseInterval = IncreaseInterval ?? site.IncreaseInterval,
    };
}

/// <summary>What was sent to a connector and when, as far as it decides on what comes next.</summary>
public sealed record ChangeHistory
{
    public static readonly ChangeHistory None = new();

    public DateTimeOffset? IncreasedAt { get; init; }

    /// <summary>When it last went from 0 to a limit.</summary>
    public DateTimeOffset? ResumedAt { get; init; }

    /// <summary>When it last went to 0.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>1 when the last change was upwards, -1 when it was downwards, 0 when there was none.</summary>
    public int Direction { get; init; }

    /// <summary>Messages that may be sent at once, refilled over time.</summary>
    public double Spent { get; init; }

    public DateTimeOffset SpentAt { get; init; }

    /// <summary>Another vehicle has come: what was done to the one before says nothing of it. Messages count on.</summary>
    public ChangeHistory OfNextVehicle() => new() { Spent = Spent, SpentAt = SpentAt };

    /// <summary>A limit was sent.</summary>
    /// <param name="before">The one it takes the place of.</param>
    public ChangeHistory Sent(double before, double limit, DateTimeOffset now, ChangePolicy policy) => this with
    {
        IncreasedAt = limit > before ? now : IncreasedAt,
        ResumedAt = before == 0 && limit > 0 ? now : ResumedAt,
        PausedAt = before > 0 && limit == 0 ? now : PausedAt,
        Direction = limit == before ? Direction : Math.Sign(limit - before),
        Spent = SpentBy(now, policy) + 1,
        SpentAt = now,
    };

    /// <summary>
    /// It was paused just now and may not begin again: to be planned as one that sleeps, or room that it cannot use would be kept
    /// for it.
    /// </summary>
    public bool Rests(DateTimeOffset now, ChangePolicy policy) => PausedAt > (ResumedAt ?? DateTimeOffset.MinValue) && now - PausedAt < policy.MinimumOff;

    /// <summary>Whether a change that no row needs may be sent now.</summary>
    /// <param name="charges">Whether the vehicle takes anything: one that sleeps is not interrupted by a pause.</param>
    public bool Allows(double before, double limit, DateTimeOffset now, ChangePolicy policy, bool charges = true)
    {
        var direction = Math.Sign(limit - before);
        var needed = policy.DeadBand + (direction == -Direction ? policy.Hysteresis : 0);
        return SpentBy(now, policy) + 1 <= policy.MessagesPerMinute
            && (before == 0 || limit == 0 || Math.Abs(limit - before) >= needed)
            && (direction < 0 || !(now - IncreasedAt < policy.IncreaseInterval))
            && (before != 0 || !(now - PausedAt < policy.MinimumOff))
            && (limit != 0 || !charges || !(now - ResumedAt < policy.MinimumOn));
    }

    private double SpentBy(DateTimeOffset now, ChangePolicy policy) =>
        Math.Max(0, Spent - ((now - SpentAt).TotalMinutes * policy.MessagesPerMinute));
}
