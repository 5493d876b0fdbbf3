using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace EvCharge.Gateway.Api;

/// <summary>Healthy while this gateway reaches a silo.</summary>
internal sealed class GrainsReachable(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silos = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken);
        return silos.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No silo is active.");
    }
}
