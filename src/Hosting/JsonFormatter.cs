using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EvCharge.Hosting;

/// <summary>
/// An event is one JSON object in a line: <c>time</c> (UTC), <c>level</c>, <c>category</c>, <c>event</c>, <c>message</c>, and where
/// there are any <c>tenant</c>, <c>trace</c> and <c>span</c> (W3C Trace Context), <c>values</c> (what stands in the message, by its names
/// there, as text) and <c>exception</c>.
/// </summary>
public sealed class JsonFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>Of the library's own formatter is <c>json</c>.</summary>
    public const string FormatterName = "json-line";

    private const string Template = "{OriginalFormat}";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", LineFormatter.WordOf(logEntry.LogLevel));
            json.WriteString("category", logEntry.Category);
            if (logEntry.EventId.Name is { } name)
            {
                json.WriteString("event", name);
            }

            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            WriteValues(json, logEntry.State as IEnumerable<KeyValuePair<string, object?>> ?? []);
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
            {
                json.WriteString("trace", span.TraceId.ToHexString());
                json.WriteString("span", span.SpanId.ToHexString());
            }

            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private static void WriteValues(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> values)
    {
        if (TenantOfLogs.Of(values) is { } tenant)
        {
            json.WriteString(TenantOfLogs.Field, tenant);
        }

        json.WriteStartObject("values");
        foreach (var (key, value) in values.Where(value => value.Key != Template).DistinctBy(value => value.Key))
        {
            json.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }
}
