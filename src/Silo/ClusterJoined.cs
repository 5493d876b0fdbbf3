using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EvCharge.Silo;

/// <summary>Healthy while the other silos count on this one.</summary>
internal sealed class ClusterJoined(ISiloStatusOracle silos) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(silos.CurrentStatus == SiloStatus.Active
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"This silo is {silos.CurrentStatus}."));
}
