using System.Threading.RateLimiting;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;

namespace EvCharge.Gateway.Tenants;

/// <summary>
/// Serves no more requests of a tenant than its quota, in each gateway, with twice as many at once. Platform administrators
/// who act in a tenant are not counted: they may come because it is at its limit.
/// </summary>
internal sealed class CallQuota(TenantBook tenants) : IEndpointFilter, IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<(TenantId Tenant, int PerSecond)> _limits =
        PartitionedRateLimiter.Create<(TenantId Tenant, int PerSecond), (TenantId Tenant, int PerSecond)>(quota =>
            RateLimitPartition.GetTokenBucketLimiter(quota, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 2 * quota.PerSecond,
                TokensPerPeriod = quota.PerSecond,
                ReplenishmentPeriod = Period,
            }));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var caller = await Caller.BindAsync(context.HttpContext);
        if (caller is { InForeignTenant: false } && (await tenants.Find(caller.Tenant))?.Quotas.CallsPerSecond is { } perSecond)
        {
            using var permit = _limits.AttemptAcquire((caller.Tenant, perSecond));
            if (!permit.IsAcquired)
            {
                throw new ApiFault(StatusCodes.Status429TooManyRequests, "quota", "The tenant makes more requests than it may.")
                {
                    RetryAfter = Period,
                };
            }
        }

        return await next(context);
    }

    public ValueTask DisposeAsync() => _limits.DisposeAsync();
}
