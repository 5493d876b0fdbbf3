using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EvCharge.Hosting;

internal sealed class DatabaseReadable(ConfigurationStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.Tenant(TenantId.Default).WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
