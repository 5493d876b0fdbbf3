using EvCharge.Domain.Metering;

namespace EvCharge.DomainTests.Metering;

public sealed class BucketsTests
{
    private static readonly DateTimeOffset From = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_span_keeps_its_spikes_and_its_last_value_whatever_their_order()
    {
        var buckets = new Buckets(From, TimeSpan.FromMinutes(1));
        foreach (var (second, value) in ((int, double)[])[(50, 7), (10, 100), (20, -3), (59, 5), (55, 6)])
        {
            buckets.Add(From.AddSeconds(second), value);
        }

        Assert.Equal([new Bucket(From.AddSeconds(59), -3, 100, 5, 5)], buckets.Spans);
    }

    [Fact]
    public void Spans_come_in_the_order_of_time_and_empty_ones_not_at_all()
    {
        var buckets = new Buckets(From, TimeSpan.FromMinutes(1));
        buckets.Add(From.AddMinutes(5), 2);
        buckets.Add(From, 1);
        buckets.Add(From.AddSeconds(60), 3);

        Assert.Equal([1, 3, 2], buckets.Spans.Select(span => span.Last));
    }

    [Fact]
    public void As_many_values_as_one_likes_become_as_many_spans_as_there_are()
    {
        var buckets = new Buckets(From, TimeSpan.FromSeconds(10));
        for (var second = 0; second < 10_000; second++)
        {
            buckets.Add(From.AddSeconds(second), second % 100);
        }

        Assert.Equal(1_000, buckets.Spans.Count);
        Assert.Equal(10_000, buckets.Spans.Sum(span => span.Count));
        Assert.Equal((0, 99), (buckets.Spans.Min(span => span.Min), buckets.Spans.Max(span => span.Max)));
    }
}
