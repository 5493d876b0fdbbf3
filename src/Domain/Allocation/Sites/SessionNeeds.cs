namespace EvCharge.Domain.Allocation.Sites;

/// <summary>What a vehicle is to get while it is there, as it was said of its transaction or of its tag. Null says nothing.</summary>
/// <param name="Priority">0, last, to 9, first: in the place of the connector's.</param>
/// <param name="LeastPriority">The same where the connector's is not higher.</param>
/// <param name="Departure">When it leaves.</param>
/// <param name="EnergyWh">What it is to have got by then, from the start of the transaction.</param>
[GenerateSerializer, Immutable, Alias("evc.SessionNeeds")]
public sealed record SessionNeeds(
    [property: Id(0)] int? Priority = null,
    [property: Id(1)] int? LeastPriority = null,
    [property: Id(2)] DateTimeOffset? Departure = null,
    [property: Id(3)] double? EnergyWh = null)
{
    public static readonly SessionNeeds None = new();

    /// <summary>Of the transaction what was said of it, of the rest what was said of its tag.</summary>
    public SessionNeeds Over(SessionNeeds tag) => new(
        Priority ?? tag.Priority, LeastPriority ?? tag.LeastPriority, Departure ?? tag.Departure, EnergyWh ?? tag.EnergyWh);

    /// <summary>What is said of a tag, for a vehicle that has come.</summary>
    /// <param name="departure">The time of day at which it leaves.</param>
    /// <param name="local">Now, with the offset of the site's zone.</param>
    public static SessionNeeds OfTag(int? priority, TimeOnly? departure, double? energyWh, DateTimeOffset local)
    {
        if (departure is not { } time)
        {
            return new SessionNeeds(null, priority, null, energyWh);
        }
        var today = new DateTimeOffset(local.Date + time.ToTimeSpan(), local.Offset);
        return new SessionNeeds(null, priority, today > local ? today : today.AddDays(1), energyWh);
    }

    /// <param name="connector">Its priority.</param>
    /// <param name="deliveredWh">Since the start of the transaction.</param>
    /// <param name="wattsPerAmpere">What 1 A on each loaded phase is in W.</param>
    public VehicleNeed Need(int connector, double deliveredWh, double wattsPerAmpere) => new(
        Priority ?? (LeastPriority > connector ? LeastPriority : null),
        Departure,
        (EnergyWh - deliveredWh) / wattsPerAmpere);
}
