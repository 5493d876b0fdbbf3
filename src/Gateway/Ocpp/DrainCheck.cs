using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EvCharge.Gateway.Ocpp;

/// <summary>A process that was asked to stop is not ready: its load balancer sends nothing new.</summary>
internal sealed class DrainCheck(GatewayState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Draining ? HealthCheckResult.Unhealthy("The process stops.") : HealthCheckResult.Healthy());
}
