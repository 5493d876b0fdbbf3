using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace EvCharge.Ocpp;

/// <summary>Writes OCPP-J envelopes (OCPP-J 1.6 §4.2) around payloads that are JSON already.</summary>
public static class FrameWriter
{
    /// <summary>Longest description of a CALLERROR, in characters; OCPP-J 1.6 has no limit, 2.0.1 this one.</summary>
    public const int LongestDescription = 255;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5F).Select(code => (char)code).Where(character => character is not ('"' or '\\'))]);

    public static byte[] Call(string messageId, string action, ReadOnlySpan<byte> payload) =>
        Joined("[2,\""u8, messageId, "\",\""u8, action, "\","u8, payload);

    public static byte[] CallResult(string messageId, ReadOnlySpan<byte> payload) =>
        Joined("[3,\""u8, messageId, "\","u8, "", default, payload);

    /// <param name="code">One of <see cref="ErrorCode"/>.</param>
    /// <param name="description">Shortened to <see cref="LongestDescription"/>.</param>
    public static byte[] CallError(string messageId, string code, string description) =>
        Joined("[4,\""u8, messageId, "\",\""u8, code, "\",\""u8, [.. Utf8(Shortened(description)), .. "\",{}"u8]);

    private static byte[] Joined(
        ReadOnlySpan<byte> opening,
        string first,
        ReadOnlySpan<byte> between,
        string second,
        ReadOnlySpan<byte> before,
        ReadOnlySpan<byte> rest)
    {
        first = Escaped(first);
        second = Escaped(second);
        var frame = new byte[opening.Length + Encoding.UTF8.GetByteCount(first) + between.Length
            + Encoding.UTF8.GetByteCount(second) + before.Length + rest.Length + 1];
        var left = frame.AsSpan();
        Put(opening, ref left);
        left = left[Encoding.UTF8.GetBytes(first, left)..];
        Put(between, ref left);
        left = left[Encoding.UTF8.GetBytes(second, left)..];
        Put(before, ref left);
        Put(rest, ref left);
        left[0] = (byte)']';
        return frame;
    }

    private static void Put(ReadOnlySpan<byte> part, ref Span<byte> left)
    {
        part.CopyTo(left);
        left = left[part.Length..];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(Escaped(text));

    private static string Escaped(string text) =>
        text.AsSpan().ContainsAnyExcept(Plain) ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) : text;

    private static string Shortened(string text)
    {
        if (text.Length <= LongestDescription)
        {
            return text;
        }

        // Never between the halves of a character.
        return text[..(char.IsHighSurrogate(text[LongestDescription - 1]) ? LongestDescription - 1 : LongestDescription)];
    }
}
