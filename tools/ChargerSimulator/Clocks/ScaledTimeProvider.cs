namespace EvCharge.ChargerSimulator.Clocks;

/// <summary>A clock that starts at <paramref name="origin"/> and runs <paramref name="scale"/> times as fast as the inner one.</summary>
/// <remarks>Stamps, vehicles and scripts live on it; sockets, heartbeats and time-outs stay on the inner clock.</remarks>
public sealed class ScaledTimeProvider(TimeProvider inner, double scale, DateTimeOffset origin) : TimeProvider
{
    private readonly long _start = inner.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => origin + Elapsed();

    public override long GetTimestamp() => Elapsed().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(inner.CreateTimer(callback, state, Shrink(dueTime), Shrink(period)), this);

    private TimeSpan Elapsed() => inner.GetElapsedTime(_start) * scale;

    private TimeSpan Shrink(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / scale;

    private sealed class ScaledTimer(ITimer inner, ScaledTimeProvider clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Shrink(dueTime), clock.Shrink(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
