using EvCharge.Gateway.Security;
using OpenTelemetry.Metrics;

namespace EvCharge.Gateway.Api;

/// <summary>Measurements of this process in Prometheus' format.</summary>
internal static class MetricsApi
{
    private static readonly string[] Meters =
        ["evcharge.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "System.Runtime"];

    public static void AddMetricsExport(this IServiceCollection services) => services.AddOpenTelemetry()
        .WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());

    public static void MapMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint("/metrics").RequirePermissionUnlessLocal(Permission.ReadMetrics);
}
