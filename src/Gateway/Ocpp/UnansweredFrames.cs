using System.Collections.Frozen;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Whether a charger waits in vain for the answer to a transaction message. Such a charger is better off without a
/// connection: it then keeps its messages, where it would give them up after some repeats.
/// </summary>
internal sealed class UnansweredFrames(TimeProvider time)
{
    private const long None = long.MinValue;

    /// <summary>The messages that OCPP 1.6 §3.7 calls transaction-related.</summary>
    private static readonly FrozenSet<string> Transactional =
        new[] { "StartTransaction", "StopTransaction", "MeterValues" }.ToFrozenSet(StringComparer.Ordinal);

    private long _since = None;

    /// <param name="receivedAt">Timestamp of the time provider.</param>
    public void Unanswered(string action, long receivedAt)
    {
        if (Transactional.Contains(action))
        {
            Interlocked.CompareExchange(ref _since, receivedAt, None);
        }
    }

    public void Answered(string action)
    {
        if (Transactional.Contains(action))
        {
            Interlocked.Exchange(ref _since, None);
        }
    }

    /// <summary>True when one has been unanswered for that long and none after it was answered.</summary>
    public bool IsFor(TimeSpan patience)
    {
        var since = Interlocked.Read(ref _since);
        return since != None && time.GetElapsedTime(since) >= patience;
    }
}
