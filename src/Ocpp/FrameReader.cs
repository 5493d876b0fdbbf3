using System.Text.Json;

namespace EvCharge.Ocpp;

/// <summary>
/// Reads OCPP-J envelopes (OCPP-J 1.6 §4.2) without parsing payloads. Never throws, whatever the bytes. The UTF-8 of a
/// text frame is the WebSocket's affair; here bytes that are none become replacement characters.
/// </summary>
public static class FrameReader
{
    /// <summary>Length of a uniqueId that is still accepted; the standard has 36.</summary>
    public const int LongestMessageId = 255;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <returns>A frame whose payload is a slice of <paramref name="utf8"/>, or a fault.</returns>
    public static FrameRead Read(ReadOnlyMemory<byte> utf8)
    {
        var json = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        var read = Parse(json);

        // Looking for control characters costs every frame, a second reading only the few that have them.
        return read.Fault is not null && ControlCharacters.AreIn(json.Span)
            ? Parse(ControlCharacters.Without(json.Span)) with { Cleaned = true }
            : read;
    }

    private static FrameRead Parse(ReadOnlyMemory<byte> json)
    {
        var envelope = new Envelope(json);
        try
        {
            return envelope.Read();
        }
        catch (JsonException broken)
        {
            return envelope.Fault(
                ErrorCode.FormationViolation,
                $"no JSON from byte {broken.BytePositionInLine} of line {broken.LineNumber} on");
        }
    }
}
