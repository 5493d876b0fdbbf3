using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using Microsoft.Extensions.Caching.Memory;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// The chargers that do not answer pings by what their grains say. A WebSocket is pinged or not from its beginning, before its
/// charger's grain is asked: what is learned counts from the next connection.
/// </summary>
internal sealed class UnpingedChargers(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);
    private readonly MemoryCache _cache = BoundedCache.Of(50_000, time);

    public bool Contains(ChargerId charger) => _cache.TryGetValue(charger, out _);

    public void Learn(ChargerId charger, bool unpinged)
    {
        if (unpinged)
        {
            _cache.Keep(charger, true, Remembered);
        }
        else
        {
            _cache.Remove(charger);
        }
    }

    public void Dispose() => _cache.Dispose();
}
