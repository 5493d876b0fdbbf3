using EvCharge.History.Chargers;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// Whether a charger counts as connected. A gateway that dies says no farewell, so a connection needs a sign now and then: a
/// frame, or the gateway's sweep. What is on record ends the same way when nobody claims it.
/// </summary>
internal sealed class Presence(TimeProvider time, TimeSpan patience)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);
    private long _lastSign = time.GetTimestamp();

    /// <summary>The last fact on record, or on its way there; null for none.</summary>
    public ConnectionRecord? Recorded { get; private set; }

    /// <summary>True when there was no sign for too long; the clock may jump meanwhile.</summary>
    public bool IsOverdue => time.GetElapsedTime(_lastSign) >= patience;

    public void Load(ConnectionRecord? recorded) => Recorded = recorded;

    public void Sign() => _lastSign = time.GetTimestamp();

    /// <summary>A connection came.</summary>
    /// <returns>The fact to record.</returns>
    public ConnectionRecord Came(string ocppVersion, string remoteAddress)
    {
        Sign();
        return Recorded = new ConnectionRecord(true, NextMoment(), ocppVersion, remoteAddress);
    }

    /// <summary>A connection that came earlier is still there: to be recorded only if the record says otherwise.</summary>
    public ConnectionRecord? Stays(string ocppVersion, string remoteAddress)
    {
        Sign();
        return Recorded is { Online: true } ? null : Came(ocppVersion, remoteAddress);
    }

    /// <summary>The charger has no connection: to be recorded only if the record says otherwise.</summary>
    public ConnectionRecord? Went() =>
        Recorded is { Online: true } ? Recorded = Recorded with { Online = false, At = NextMoment() } : null;

    /// <summary>Later than that of the fact before, whatever clock it had: of two the later one stands.</summary>
    private DateTimeOffset NextMoment()
    {
        var now = time.GetUtcNow();
        return Recorded is { } earlier && earlier.At >= now ? earlier.At + Step : now;
    }
}
