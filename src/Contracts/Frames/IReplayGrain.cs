using Orleans.Concurrency;

namespace EvCharge.Contracts.Frames;

/// <summary>Replays the stored frame log of a charger; key <see cref="Domain.Identity.ChargerId"/>. Reads only, one replay at a time.</summary>
[Alias("evc.IReplayGrain")]
public interface IReplayGrain : IGrainWithStringKey
{
    /// <summary>
    /// Runs the charger's messages of a stretch of time through the handlers and rules once more, with the receipt times and
    /// ids that the log holds, and compares what comes out with the record.
    /// </summary>
    /// <param name="from">UTC; null for the beginning of the log.</param>
    /// <param name="to">UTC, exclusive; null for its end.</param>
    [Alias("Replay"), ResponseTimeout("00:05:00")]
    ValueTask<ReplayAnswer> Replay(DateTimeOffset? from, DateTimeOffset? to);
}
