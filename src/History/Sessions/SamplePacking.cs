using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using EvCharge.Domain.Metering;

namespace EvCharge.History.Sessions;

/// <summary>
/// Samples of a frame as compact JSON: <c>[words, [[at, stamp, [[measurand, phase, location, context, value, unit, raw], …]], …]]</c>.
/// OCPP's words recur in every reading, so they stand once in <c>words</c> and are named by position, -1 for none; a time is
/// milliseconds since 1970 with the fraction it has.
/// </summary>
internal static class SamplePacking
{
    private const int None = -1;
    private const decimal TicksPerMillisecond = TimeSpan.TicksPerMillisecond;

    public static byte[] Pack(ImmutableArray<Sample> samples)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var reading in samples.SelectMany(sample => sample.Readings))
        {
            Enter(words, reading.Measurand);
            Enter(words, reading.Phase);
            Enter(words, reading.Location);
            Enter(words, reading.Context);
            Enter(words, reading.Unit);
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        json.WriteStartArray();
        foreach (var word in words.OrderBy(entry => entry.Value))
        {
            json.WriteStringValue(word.Key);
        }

        json.WriteEndArray();
        json.WriteStartArray();
        foreach (var sample in samples)
        {
            Write(json, sample, words);
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static ImmutableArray<Sample> Unpack(byte[] packed)
    {
        using var document = JsonDocument.Parse(packed);
        var words = document.RootElement[0].EnumerateArray().Select(word => word.GetString()!).ToArray();
        return [.. document.RootElement[1].EnumerateArray().Select(sample => ReadSample(sample, words))];
    }

    private static void Enter(Dictionary<string, int> words, string? word)
    {
        if (word is not null)
        {
            words.TryAdd(word, words.Count);
        }
    }

    private static void Write(Utf8JsonWriter json, Sample sample, Dictionary<string, int> words)
    {
        json.WriteStartArray();
        json.WriteNumberValue((sample.At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksPerMillisecond);
        json.WriteStringValue(sample.RawStamp);
        json.WriteStartArray();
        foreach (var reading in sample.Readings)
        {
            json.WriteStartArray();
            WriteWord(json, reading.Measurand, words);
            WriteWord(json, reading.Phase, words);
            WriteWord(json, reading.Location, words);
            WriteWord(json, reading.Context, words);
            if (reading.Value is { } value)
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }

            WriteWord(json, reading.Unit, words);
            json.WriteStringValue(reading.Raw);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }

    private static void WriteWord(Utf8JsonWriter json, string? word, Dictionary<string, int> words) =>
        json.WriteNumberValue(word is null ? None : words[word]);

    private static Sample ReadSample(JsonElement sample, string[] words)
    {
        var ticks = decimal.ToInt64(sample[0].GetDecimal() * TicksPerMillisecond) + DateTimeOffset.UnixEpoch.Ticks;
        return new Sample(
            new DateTimeOffset(ticks, TimeSpan.Zero),
            sample[1].GetString()!,
            [.. sample[2].EnumerateArray().Select(reading => ReadReading(reading, words))]);
    }

    private static Reading ReadReading(JsonElement reading, string[] words) => new(
        Word(reading[0], words)!,
        Word(reading[1], words),
        Word(reading[2], words)!,
        Word(reading[3], words)!,
        reading[4].ValueKind == JsonValueKind.Null ? null : reading[4].GetDouble(),
        Word(reading[5], words),
        reading[6].GetString()!);

    private static string? Word(JsonElement index, string[] words) =>
        index.GetInt32() is var position && position == None ? null : words[position];
}
