using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EvCharge.Hosting;

/// <summary>
/// <c>/health/live</c>: the process serves requests. <c>/health/ready</c>: what it depends on can be reached; the body names
/// what cannot. A check that throws or takes longer than 3 s has failed.
/// </summary>
public static class HealthEndpoints
{
    private const string Ready = "ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Adds the check that every process needs: its database can be read.</summary>
    public static IServiceCollection AddEvChargeHealth(this IServiceCollection services) =>
        services.AddDependency<DatabaseReadable>("database");

    /// <param name="name">The dependency's name in the body of <c>/health/ready</c>.</param>
    public static IServiceCollection AddDependency<TCheck>(this IServiceCollection services, string name)
        where TCheck : class, IHealthCheck
    {
        services.AddHealthChecks().AddCheck<TCheck>(name, tags: [Ready], timeout: Patience);
        return services;
    }

    public static void MapEvChargeHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write })
            .AllowAnonymous();
        endpoints.MapHealthChecks(
            "/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = Write })
            .AllowAnonymous();
    }

    /// <summary>Says which dependency is down, and nothing of why: anybody may read it.</summary>
    private static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new HealthView(
        Word(report.Status), report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status))));

    private static string Word(HealthStatus status) => status == HealthStatus.Healthy ? "up" : "down";

    private sealed record HealthView(string Status, IReadOnlyDictionary<string, string> Dependencies);
}
