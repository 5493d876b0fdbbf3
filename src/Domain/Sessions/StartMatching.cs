namespace EvCharge.Domain.Sessions;

/// <summary>Tells a repeated start from a new one. Chargers repeat a start when its answer was lost, with the old or a new uniqueId.</summary>
public static class StartMatching
{
    /// <summary>A clock that shows less was never set: its stamps repeat by themselves.</summary>
    private static readonly DateTimeOffset ClockTrustedFrom = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="equal">Transactions whose connector, raw stamp, tag and meterStart equal the start's, newest first.</param>
    public static Transaction? FindRepeated(StartReported start, IReadOnlyList<Transaction> equal)
    {
        var clockTrusted = start.StampBelieved && start.At >= ClockTrustedFrom;
        return equal.FirstOrDefault(earlier =>
            earlier.StartMessageId == start.MessageId
            || (clockTrusted && (earlier.Active || earlier.ClosedBySystem)));
    }
}
