using EvCharge.Domain.Models;
using EvCharge.Ocpp;
using NodaTime;

namespace EvCharge.Grains.Models;

/// <summary>How what a charger leaves out of its messages is filled in.</summary>
/// <param name="Zone">Of stamps that name none.</param>
/// <param name="MeterValues">Of meter values that say nothing else.</param>
internal sealed record MessageQuirks(DateTimeZone Zone, MeterDefaults MeterValues)
{
    /// <summary>The vendor's messages in which vehicles identify themselves.</summary>
    public IReadOnlyList<VehicleMessage> VehicleMessages { get; init; } = [];

    public static readonly MessageQuirks Plain = new(DateTimeZone.Utc, new MeterDefaults());

    /// <summary>
    /// The moment that a stamp says. Where clocks are turned back and an hour comes twice the first counts, where they are turned
    /// forward a stamp in the gap is taken on.
    /// </summary>
    public DateTimeOffset? MomentOf(OcppTimestamp stamp) => stamp is { Floating: true, Value: { } local } && Zone != DateTimeZone.Utc
        ? LocalDateTime.FromDateTime(local.DateTime).InZoneLeniently(Zone).ToDateTimeOffset().ToUniversalTime()
        : stamp.Value;
}
