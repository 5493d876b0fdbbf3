namespace EvCharge.Domain.Sessions;

/// <summary>
/// When something happened at a charger. Device clocks read 1970, year 1 or next year; such a stamp counts as absent and
/// receipt time stands in.
/// </summary>
/// <param name="Believed">False when receipt time stands in.</param>
public readonly record struct EventTime(DateTimeOffset At, bool Believed)
{
    private static readonly DateTimeOffset Earliest = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan FutureAllowed = TimeSpan.FromDays(1);

    public static EventTime Settle(DateTimeOffset? stamp, DateTimeOffset receivedAt) =>
        stamp is { } at && at >= Earliest && at <= receivedAt + FutureAllowed
            ? new EventTime(at, true)
            : new EventTime(receivedAt, false);
}
