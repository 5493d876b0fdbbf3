using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EvCharge.Storage.GroupCommit;

/// <summary>Measurements of group commits, and the spans of those who wait for them. Writers are made without a container, so there is one meter for the process.</summary>
internal static class CommitInstruments
{
    private const string Name = "evcharge.commit";

    public static readonly ActivitySource Spans = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Durations = Meter.CreateHistogram(
        "evcharge.commit.duration", "s", "Time from the moment that a write was queued until it was on disk.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20] });

    private static readonly Histogram<int> Sizes = Meter.CreateHistogram(
        "evcharge.commit.size", "{write}", "Writes that were committed together.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000] });

    private static readonly UpDownCounter<int> Waiting = Meter.CreateUpDownCounter<int>(
        "evcharge.commit.waiting", "{write}", "Writes that wait for the disk.");

    private static readonly Counter<int> Failures = Meter.CreateCounter<int>(
        "evcharge.commit.failed", "{write}", "Writes that were not committed, or not taken since too many wait.");

    private static readonly UpDownCounter<int> Unreachable = Meter.CreateUpDownCounter<int>(
        "evcharge.commit.unreachable", "{writer}", "Writers that do not reach their database.");

    public static void Queued(string writer) => Waiting.Add(1, Tag(writer));

    public static void Committed(string writer, ArraySegment<PendingWrite> writes)
    {
        var tag = Tag(writer);
        Sizes.Record(writes.Count, tag);
        Waiting.Add(-writes.Count, tag);
        foreach (var write in writes)
        {
            Durations.Record(write.Waited.TotalSeconds, tag);
        }
    }

    /// <summary>Of what had been queued.</summary>
    public static void Failed(string writer, int writes)
    {
        Waiting.Add(-writes, Tag(writer));
        Failures.Add(writes, Tag(writer));
    }

    public static void Refused(string writer) => Failures.Add(1, Tag(writer));

    public static void Reached(string writer, bool reached) => Unreachable.Add(reached ? -1 : 1, Tag(writer));

    private static KeyValuePair<string, object?> Tag(string writer) => new("writer", writer);
}
