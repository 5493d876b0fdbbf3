using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EvCharge.ClusterTests.Observability;

/// <summary>Takes traces and logs by OTLP over HTTP, as a collector does (opentelemetry-proto, trace.proto and logs.proto, version 1).</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpCollector(WebApplication app) => _app = app;

    public ConcurrentQueue<Span> Spans { get; } = [];

    public ConcurrentQueue<Event> Events { get; } = [];

    /// <summary>Settings of a process that sends everything here at once.</summary>
    public string[] Settings =>
    [
        $"--OTEL_EXPORTER_OTLP_ENDPOINT={_app.Urls.Single()}",
        "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        "--OTEL_BSP_SCHEDULE_DELAY=100",
        "--OTEL_BLRP_SCHEDULE_DELAY=100",
    ];

    /// <param name="Service">evcharge-gateway or evcharge-silo.</param>
    /// <param name="Trace">32 hexadecimal digits.</param>
    /// <param name="Parent">16 hexadecimal digits; empty of a root.</param>
    internal sealed record Span(string Service, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes);

    internal sealed record Event(string Service, string Trace, string Text, IReadOnlyDictionary<string, string> Attributes);

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = new OtlpCollector(builder.Build());
        collector._app.MapPost("/v1/traces", http => Take(http, collector.TakeSpans));
        collector._app.MapPost("/v1/logs", http => Take(http, collector.TakeEvents));
        collector._app.MapPost("/v1/metrics", http => Take(http, _ => { }));
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task Take(HttpContext http, Action<ByteString> take)
    {
        take(await ByteString.FromStreamAsync(http.Request.Body, http.RequestAborted));
        http.Response.ContentType = "application/x-protobuf";
    }

    private void TakeSpans(ByteString request)
    {
        foreach (var resource in ProtoMessage.Of(request).Messages(1))
        {
            foreach (var span in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
                Spans.Enqueue(new Span(ServiceOf(resource), span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Attributes(9)));
        }
    }

    private void TakeEvents(ByteString request)
    {
        foreach (var resource in ProtoMessage.Of(request).Messages(1))
        {
            foreach (var record in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
                Events.Enqueue(new Event(ServiceOf(resource), record.Hex(9), record.Messages(5).Single().Text(1), record.Attributes(6)));
        }
    }

    private static string ServiceOf(ProtoMessage resource) => resource.Messages(1).Single().Attributes(1)["service.name"];
}
