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

    /// <summary>The samples, or those of a period, half-open: to read the others would be wasted.</summary>
    public static ImmutableArray<Sample> Unpack(ReadOnlySpan<byte> packed, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var reader = new Utf8JsonReader(packed);
        reader.Read();
        var words = ReadWords(ref reader);
        reader.Read();
        var samples = ImmutableArray.CreateBuilder<Sample>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            if (ReadSample(ref reader, words, from, to) is { } sample)
            {
                samples.Add(sample);
            }
        }

        return samples.DrainToImmutable();
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

    private static string[] ReadWords(ref Utf8JsonReader reader)
    {
        reader.Read();
        var words = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            words.Add(reader.GetString()!);
        }

        return [.. words];
    }

    /// <summary>Reads from the start of an array to its end.</summary>
    private static Sample? ReadSample(ref Utf8JsonReader reader, string[] words, DateTimeOffset? from, DateTimeOffset? to)
    {
        reader.Read();
        var at = new DateTimeOffset(decimal.ToInt64(reader.GetDecimal() * TicksPerMillisecond) + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
        if (at < from || at >= to)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
            }

            return null;
        }

        reader.Read();
        var stamp = reader.GetString()!;
        reader.Read();
        var readings = ImmutableArray.CreateBuilder<Reading>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            readings.Add(ReadReading(ref reader, words));
        }

        reader.Read();
        return new Sample(at, stamp, readings.DrainToImmutable());
    }

    private static Reading ReadReading(ref Utf8JsonReader reader, string[] words)
    {
        var (measurand, phase, location, context) = (Word(ref reader, words), Word(ref reader, words), Word(ref reader, words), Word(ref reader, words));
        reader.Read();
        double? value = reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();
        var unit = Word(ref reader, words);
        reader.Read();
        var raw = reader.GetString()!;
        reader.Read();
        return new Reading(measurand!, phase, location!, context!, value, unit, raw);
    }

    private static string? Word(ref Utf8JsonReader reader, string[] words)
    {
        reader.Read();
        return reader.GetInt32() is var position && position == None ? null : words[position];
    }
}
