using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace EvCharge.Gateway.Security;

/// <summary>Memory caches that hold so many entries and no more, on the injected clock.</summary>
internal static class BoundedCache
{
    public static MemoryCache Of(int entries, TimeProvider time) =>
        new(new MemoryCacheOptions { SizeLimit = entries, Clock = new CacheClock(time) });

    /// <summary>Keeps a value for so long from now.</summary>
    public static void Keep<T>(this MemoryCache cache, object key, T value, TimeSpan lifetime) =>
        cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = lifetime });

    private sealed class CacheClock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
