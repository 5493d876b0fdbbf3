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

    /// <summary>
    /// The fact to record; null when it is on record. Its moment is later than that of all before, whatever clock those
    /// had: the later one stands.
    /// </summary>
    public ConnectionRecord? Change(bool online, string? ocppVersion, string? remoteAddress)
    {
        if (Recorded is { } known && known.Online == online
            && (!online || (known.OcppVersion == ocppVersion && known.RemoteAddress == remoteAddress)))
        {
            return null;
        }

        if (Recorded is null && !online)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var at = Recorded is { } earlier && earlier.At >= now ? earlier.At + Step : now;
        return Recorded = new ConnectionRecord(
            online, at, ocppVersion ?? Recorded?.OcppVersion, remoteAddress ?? Recorded?.RemoteAddress);
    }
}
