namespace EvCharge.Domain.Metering;

/// <summary>The readings that a charger took at one moment.</summary>
/// <param name="At">Event time, UTC: the charger's stamp, or the receipt when the stamp is absent or implausible.</param>
/// <param name="RawStamp">The charger's stamp as sent, or empty.</param>
/// <param name="Readings">At most <see cref="MaxReadings"/>.</param>
[GenerateSerializer, Immutable, Alias("evc.Sample")]
public sealed record Sample(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string RawStamp,
    [property: Id(2)] ImmutableArray<Reading> Readings)
{
    public const int MaxReadings = 200;
}
