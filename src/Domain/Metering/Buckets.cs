namespace EvCharge.Domain.Metering;

/// <summary>
/// Values over time, gathered into spans of equal length so that a curve of any length has few points: each span keeps its least
/// and greatest value, so that no spike is lost, and its last. Spans without a value are absent.
/// </summary>
/// <param name="from">Where the first span begins.</param>
/// <param name="length">Of a span; more than zero.</param>
public sealed class Buckets(DateTimeOffset from, TimeSpan length)
{
    private readonly SortedDictionary<long, Bucket> _spans = [];

    /// <summary>In the order of time.</summary>
    public IReadOnlyCollection<Bucket> Spans => _spans.Values;

    /// <param name="at">Not before the first span. Values may come in any order.</param>
    public void Add(DateTimeOffset at, double value)
    {
        var span = (at - from).Ticks / length.Ticks;
        _spans[span] = _spans.TryGetValue(span, out var there)
            ? new Bucket(
                Later(at, there.At), Math.Min(there.Min, value), Math.Max(there.Max, value), at >= there.At ? value : there.Last, there.Count + 1)
            : new Bucket(at, value, value, value, 1);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>What was measured in a span.</summary>
/// <param name="At">Of the last value.</param>
/// <param name="Count">Values in the span.</param>
public readonly record struct Bucket(DateTimeOffset At, double Min, double Max, double Last, int Count);
