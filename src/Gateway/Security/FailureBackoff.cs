using Microsoft.Extensions.Caching.Memory;

namespace EvCharge.Gateway.Security;

/// <summary>
/// Counts what somebody failed at from an address. After some that are free each further attempt waits twice as long, up to a
/// minute; nobody is locked out from elsewhere, and after a quarter of an hour without a failure all is forgotten.
/// </summary>
/// <param name="free">Failures that cost nothing.</param>
/// <param name="capacity">How many are counted at once; then the oldest are forgotten.</param>
internal sealed class FailureBackoff(int free, int capacity, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private readonly MemoryCache _failures = BoundedCache.Of(capacity, time);

    /// <summary>How long the next attempt must wait; null when it may be made now.</summary>
    public TimeSpan? WaitBefore(string who, string address)
    {
        if (!_failures.TryGetValue((who, address), out Failures failed) || failed.Count < free)
        {
            return null;
        }

        var wait = Delay(failed.Count) - time.GetElapsedTime(failed.Last);
        return wait > TimeSpan.Zero ? wait : null;
    }

    public void Failed(string who, string address)
    {
        var before = _failures.Get<Failures>((who, address)).Count;
        _failures.Keep((who, address), new Failures(before + 1, time.GetTimestamp()), Memory);
    }

    public void Succeeded(string who, string address) => _failures.Remove((who, address));

    public void Dispose() => _failures.Dispose();

    private TimeSpan Delay(int count)
    {
        var doublings = Math.Min(count - free, 6);
        var delay = TimeSpan.FromSeconds(1 << doublings);
        return delay < LongestWait ? delay : LongestWait;
    }

    private readonly record struct Failures(int Count, long Last);
}
