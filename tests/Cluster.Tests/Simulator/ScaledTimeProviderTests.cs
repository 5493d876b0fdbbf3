using EvCharge.ChargerSimulator.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.ClusterTests.Simulator;

public sealed class ScaledTimeProviderTests
{
    private static readonly DateTimeOffset Origin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_clock_starts_at_its_origin_and_runs_at_its_scale()
    {
        var inner = new FakeTimeProvider();
        var clock = new ScaledTimeProvider(inner, 60, Origin);
        var start = clock.GetTimestamp();
        inner.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(Origin.AddMinutes(2), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(2), clock.GetElapsedTime(start));
    }

    [Fact]
    public void A_delay_of_a_minute_ends_after_a_second_at_scale_sixty()
    {
        var inner = new FakeTimeProvider();
        var delay = Task.Delay(TimeSpan.FromMinutes(1), new ScaledTimeProvider(inner, 60, Origin), TestContext.Current.CancellationToken);
        inner.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(delay.IsCompleted);
        inner.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(delay.IsCompleted);
    }
}
