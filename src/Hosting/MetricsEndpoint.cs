using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace EvCharge.Hosting;

/// <summary>Measurements of a process in Prometheus' format at <c>/metrics</c>.</summary>
public static class MetricsEndpoint
{
    private static readonly string[] Meters =
        ["evcharge.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "System.Runtime"];

    public static void AddEvChargeMetrics(this IServiceCollection services) => services.AddOpenTelemetry()
        .WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());

    /// <summary>The caller says who may read them.</summary>
    public static IEndpointConventionBuilder MapEvChargeMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint("/metrics");
}
