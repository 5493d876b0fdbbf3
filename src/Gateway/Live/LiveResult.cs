using System.Net.ServerSentEvents;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Live;

/// <summary>Frames as server-sent events. The framework's own result would bar its stream from being compressed.</summary>
internal sealed class LiveResult(IAsyncEnumerable<SseItem<LiveFrame>> frames) : IResult, IEndpointMetadataProvider
{
    private const string MediaType = "text/event-stream";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(LiveFrame), [MediaType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers["X-Accel-Buffering"] = "no"; // a proxy in between must not wait for more

        // Each frame goes out when it is written, compressed or not: a compressor keeps what it was given until it is told.
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await SseFormatter.WriteAsync(
            frames,
            response.Body,
            (item, buffer) =>
            {
                using var writer = new Utf8JsonWriter(buffer);
                JsonSerializer.Serialize(writer, item.Data, json);
            },
            httpContext.RequestAborted);
    }
}
