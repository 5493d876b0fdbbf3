using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EvCharge.Hosting;

/// <summary>
/// Measurements of a process in Prometheus' format at <c>/metrics</c>; and where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector,
/// these, traces and logs by OTLP. How is said by the variables of the OpenTelemetry specification.
/// </summary>
public static class Telemetry
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters =
        ["evcharge.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "System.Runtime"];

    /// <summary>Calls of grains are told by the source of Orleans for applications; its own upkeep is not.</summary>
    private static readonly string[] Spans = ["evcharge.*", "Microsoft.Orleans.Application"];

    /// <summary>Paths that are asked for all the time, or whose request lasts as long as a connection: their frames have traces of their own.</summary>
    private static readonly PathString[] Untraced = ["/health", "/metrics", "/ocpp", "/api/v1/live"];

    /// <summary>Whether traces leave the process: then calls between grains carry theirs along.</summary>
    public static bool IsExported(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[EndpointKey]);

    public static void AddEvChargeMetrics(this IServiceCollection services) => services.AddOpenTelemetry()
        .WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());

    /// <summary>The caller says who may read them.</summary>
    public static IEndpointConventionBuilder MapEvChargeMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint("/metrics");

    internal static void AddExport(this WebApplicationBuilder builder)
    {
        if (!IsExported(builder.Configuration))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(Describe)
            .UseOtlpExporter()
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithTracing(tracing => tracing
                .AddSource(Spans)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = http => !Array.Exists(Untraced, path => http.Request.Path.StartsWithSegments(path))))
            .WithLogging(logging => logging.AddProcessor<TenantOfLogs>(), options => options.IncludeFormattedMessage = true);
    }

    /// <summary>evcharge-silo, evcharge-gateway or evcharge-standalone, unless <c>OTEL_SERVICE_NAME</c> says another name.</summary>
    private static void Describe(ResourceBuilder resource)
    {
        var program = Assembly.GetEntryAssembly()!.GetName();
        resource
            .AddService(
                program.Name!.ToLowerInvariant().Replace('.', '-'),
                serviceNamespace: "evcharge",
                program.Version?.ToString(),
                autoGenerateServiceInstanceId: false,
                $"{Environment.MachineName}-{Environment.ProcessId}")
            .AddEnvironmentVariableDetector();
    }
}
