using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using EvCharge.History;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Caching.Memory;

namespace EvCharge.Gateway.Tenants;

/// <summary>
/// Which tenants there are and how each stands. What changes holds within 5 s on every gateway; while the database is away,
/// what was known of a tenant holds for an hour.
/// </summary>
public sealed class TenantBook(ConfigurationStore store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StandsInFor = TimeSpan.FromHours(1);

    private readonly MemoryCache _cache = BoundedCache.Of(10_000, time);

    /// <summary>Null when there is none; one that is being deleted is none any more.</summary>
    /// <exception cref="HistoryUnavailableException">Nobody knows.</exception>
    public async ValueTask<TenantConfiguration?> Find(TenantId tenant)
    {
        _cache.TryGetValue(tenant, out Known? known);
        if (known is not null && time.GetElapsedTime(known.ReadAt) < KnownFor)
        {
            return known.Tenant;
        }

        try
        {
            var found = (await store.Tenant(tenant))?.Value;
            found = found?.State == TenantState.Deleting ? null : found;
            _cache.Keep(tenant, new Known(found, time.GetTimestamp()), found is null ? KnownFor : StandsInFor);
            return found;
        }
        catch (HistoryUnavailableException) when (known?.Tenant is not null)
        {
            return known.Tenant;
        }
    }

    /// <summary>Makes this gateway read the tenant anew.</summary>
    public void Forget(TenantId tenant) => _cache.Remove(tenant);

    public void Dispose() => _cache.Dispose();

    private sealed record Known(TenantConfiguration? Tenant, long ReadAt);
}
