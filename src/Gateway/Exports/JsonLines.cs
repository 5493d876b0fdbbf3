using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Exports;

internal static class JsonLines
{
    public const string MediaType = "application/x-ndjson";
}

/// <summary>
/// Values as lines of JSON, one each (ndjson.org), written while they are read. Control characters in texts are escaped, so
/// that an entry stays one line whatever it says. What goes wrong is answered as in <see cref="TableExport{T}"/>.
/// </summary>
/// <param name="name">Of the file, without its ending.</param>
internal sealed class JsonLines<T>(string name, IAsyncEnumerable<T> values) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancel = httpContext.RequestAborted;
        var output = httpContext.Response.BodyWriter;
        var form = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var (begun, whole) = (false, false);
        try
        {
            await foreach (var value in values.WithCancellation(cancel))
            {
                begun = begun || Begin(httpContext.Response);
                output.Write(JsonSerializer.SerializeToUtf8Bytes(value, form));
                output.Write("\n"u8);
                await output.SendIfEnough(cancel);
            }

            begun = begun || Begin(httpContext.Response);
            await output.Send(cancel);
            whole = true;
        }
        finally
        {
            if (begun && !whole)
            {
                httpContext.Abort();
            }
        }
    }

    private bool Begin(HttpResponse response)
    {
        response.ContentType = JsonLines.MediaType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.ndjson\"";
        return true;
    }
}
