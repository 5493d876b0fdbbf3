namespace EvCharge.Domain.Allocation;

/// <summary>
/// What somebody said of a vehicle. It bends how a site shares and no more than that: what drivers say is often wrong.
/// </summary>
/// <param name="Priority">0, last, to 9, first; null for the connector's.</param>
/// <param name="Departure">When it leaves; null when nobody knows.</param>
/// <param name="Missing">What it still needs until then, in Ah of each loaded phase; null when nobody knows.</param>
public sealed record VehicleNeed(int? Priority, DateTimeOffset? Departure, double? Missing)
{
    public static readonly VehicleNeed Unknown = new(null, null, null);

    /// <summary>What a vehicle counts with of which nothing is known, in A: half of what most can take.</summary>
    private const double Usual = 16;

    private const double Least = 0.5;
    private const double Most = 64;

    /// <summary>Below it the time that is left makes nothing more urgent.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The share beside others, by the current that is needed on each phase to be ready in time; 1 when nobody knows, or it should have left
    /// already. From 1/32 to 4.
    /// </summary>
    public double WeightAt(DateTimeOffset now) => this switch
    {
        { Missing: <= 0 } => Least / Usual,
        { Missing: { } missing, Departure: { } departure } when departure > now =>
            Math.Clamp(missing / Math.Max((departure - now).TotalHours, Shortest.TotalHours), Least, Most) / Usual,
        _ => 1,
    };
}
