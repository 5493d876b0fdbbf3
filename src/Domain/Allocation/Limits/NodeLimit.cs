namespace EvCharge.Domain.Allocation.Limits;

/// <summary>Where the limit of a node comes from.</summary>
[GenerateSerializer, Alias("evc.LimitOrigin")]
public enum LimitOrigin
{
    /// <summary>Nowhere: it has none.</summary>
    None,

    /// <summary>The fuse, the cable, the contract.</summary>
    Static,

    /// <summary>The table of the week.</summary>
    Schedule,

    /// <summary>A signal from outside: grid operator, energy management.</summary>
    External,

    /// <summary>The value for when the signal from outside has run out.</summary>
    Fallback,

    /// <summary>An operator, for a while.</summary>
    Operator,
}

/// <summary>A limit that somebody set for a while.</summary>
/// <param name="Value">In the unit of the limit.</param>
/// <param name="Until">From then on it is as if it had never been.</param>
[GenerateSerializer, Immutable, Alias("evc.TemporaryLimit")]
public sealed record TemporaryLimit([property: Id(0)] double Value, [property: Id(1)] DateTimeOffset Until);

/// <summary>A limit that a signal from outside sets, again and again.</summary>
/// <param name="Value">In the unit of the limit.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it has run out without a new one.</param>
/// <param name="Fallback">What holds before and after; null for no limit. Who sends nothing any more may mean anything.</param>
[GenerateSerializer, Immutable, Alias("evc.ExternalLimit")]
public sealed record ExternalLimit(
    [property: Id(0)] double Value,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset Until,
    [property: Id(3)] double? Fallback)
{
    public bool HoldsAt(DateTimeOffset now) => From <= now && now < Until;
}

/// <summary>
/// What may pass through a node, in A on each phase or in W on all together. The lowest of all that limit it holds: nobody can
/// lift what another has set.
/// </summary>
public sealed record NodeLimit
{
    public static readonly NodeLimit None = new();

    public double? Static { get; init; }

    public WeeklyTable? Schedule { get; init; }

    public ExternalLimit? External { get; init; }

    public TemporaryLimit? Operator { get; init; }

    /// <summary>The part of the limit that is kept free for the errors of meters and vehicles.</summary>
    public double Margin { get; init; } = 0.01;

    /// <summary>What holds now, before the margin; infinite without a limit.</summary>
    /// <param name="now">With the offset of the site's zone, in whose time the table of the week is written.</param>
    public (double Value, LimitOrigin Origin) At(DateTimeOffset now)
    {
        var lowest = (Value: double.PositiveInfinity, Origin: LimitOrigin.None);
        foreach (var (value, origin) in ((double?, LimitOrigin)[])
        [
            (Static, LimitOrigin.Static),
            (Schedule?.At(now), LimitOrigin.Schedule),
            External is null ? (null, LimitOrigin.External)
                : External.HoldsAt(now) ? (External.Value, LimitOrigin.External)
                : (External.Fallback, LimitOrigin.Fallback),
            (now < Operator?.Until ? Operator.Value : null, LimitOrigin.Operator),
        ])
        {
            if (value < lowest.Value)
            {
                lowest = (value.Value, origin);
            }
        }

        return lowest;
    }

    /// <summary>What vehicles may take now: the limit without its margin and what others take there.</summary>
    /// <param name="now">With the offset of the site's zone.</param>
    /// <param name="uncontrolled">In the unit of the limit; negative where more is generated than taken.</param>
    /// <returns>0 or more; infinite without a limit.</returns>
    public double Free(DateTimeOffset now, double uncontrolled) =>
        Math.Max(0, ((1 - Margin) * At(now).Value) - uncontrolled);
}
