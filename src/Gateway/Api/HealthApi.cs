using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace EvCharge.Gateway.Api;

/// <summary>
/// <c>/health/live</c>: the process serves requests. <c>/health/ready</c>: the database can be read and grains can be
/// reached; the body names what cannot. A check that throws or takes longer than 3 s has failed.
/// </summary>
internal static class HealthApi
{
    /// <summary>Tag of the checks that readiness asks.</summary>
    public const string Ready = "ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseReadable>("database", tags: [Ready], timeout: Patience)
        .AddCheck<GrainsReachable>("grains", tags: [Ready], timeout: Patience);

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write })
            .AllowAnonymous();
        endpoints.MapHealthChecks(
            "/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = Write })
            .AllowAnonymous();
    }

    /// <summary>Says which dependency is down, and nothing of why: anybody may read it.</summary>
    private static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new HealthView(
        report.Status == HealthStatus.Healthy ? "up" : "down",
        report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status == HealthStatus.Healthy ? "up" : "down")));

    private sealed record HealthView(string Status, IReadOnlyDictionary<string, string> Dependencies);

    private sealed class DatabaseReadable(ConfigurationStore store) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await store.TenantExists(TenantId.Default).WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }

    private sealed class GrainsReachable(IGrainFactory grains) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var silos = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken);
            return silos.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No silo is active.");
        }
    }
}
