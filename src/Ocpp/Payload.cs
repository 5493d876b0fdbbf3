using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EvCharge.Ocpp.Shapes;

namespace EvCharge.Ocpp;

/// <summary>
/// Payloads from and to the wire: tolerant in, strict out. A message is a record whose constructor names its members; a
/// nullable one is optional, attributes tell the rest (<see cref="CiStringAttribute"/>, <see cref="OneOfAttribute"/>,
/// <see cref="RangeAttribute"/>, <see cref="AssumedAttribute"/>).
/// </summary>
public static class Payload
{
    /// <summary>Deepest nesting of a frame, its own brackets included.</summary>
    internal const int MaxDepth = 32;

    /// <summary>A thread keeps no more than so many bytes to write with.</summary>
    private const int MostScratch = 16_384;

    private static readonly JsonWriterOptions Writing = new()
    {
        // The text goes into a WebSocket frame, never into HTML: what JSON itself need not escape stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _scratch;

    /// <summary>Reads what a charger sent, makes sense of what is clear enough, and notes each oddity.</summary>
    /// <exception cref="OcppFault">A required member is missing or makes no sense, or it is not JSON.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, DeviationList deviations) =>
        (T)Read(typeof(T), new PayloadTrail(utf8, deviations));

    /// <summary>Reads what is to be exactly as the standard says.</summary>
    /// <exception cref="OcppFault">It is not; its field tells where.</exception>
    public static T ReadStrict<T>(ReadOnlyMemory<byte> utf8) => (T)Read(typeof(T), new PayloadTrail(utf8, null));

    /// <summary>The payload as UTF-8 JSON, valid by the standard.</summary>
    /// <exception cref="OcppFault">The message is not one the standard allows; its field tells where.</exception>
    public static byte[] Write<T>(T message)
        where T : notnull
    {
        var (buffer, writer) = _scratch ??= NewScratch();
        buffer.ResetWrittenCount();
        writer.Reset();
        ShapeFactory.OfRecord(typeof(T)).Write(writer, message, new PayloadTrail(default, null));
        writer.Flush();
        var written = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > MostScratch)
        {
            _scratch = null;
        }

        return written;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) NewScratch()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        return (buffer, new Utf8JsonWriter(buffer, Writing));
    }

    private static object Read(Type type, PayloadTrail trail)
    {
        var shape = ShapeFactory.OfRecord(type);
        var reader = new Utf8JsonReader(
            trail.Source.Span,
            new JsonReaderOptions { MaxDepth = MaxDepth, AllowTrailingCommas = trail.Tolerant });
        try
        {
            reader.Read();
            var message = reader.TokenType == JsonTokenType.Null
                ? Nothing(shape, trail)
                : shape.Read(ref reader, trail, optional: false)!;
            reader.Read();
            return message;
        }
        catch (JsonException broken)
        {
            throw new OcppFault(
                ErrorCode.FormationViolation,
                $"no JSON from byte {broken.BytePositionInLine} of line {broken.LineNumber} on");
        }
    }

    private static object Nothing(RecordShape shape, PayloadTrail trail)
    {
        trail.Odd(DeviationRule.NullValue, ErrorCode.FormationViolation, "null");
        return shape.Nothing(trail);
    }
}
