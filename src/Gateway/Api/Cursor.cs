using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EvCharge.Gateway.Api;

/// <summary>
/// Where a page of a list ended, opaque to clients: the list's name and the last key, with a checksum that shows a cursor
/// of another list or one that was tampered with. It grants nothing: each query still names the caller's tenant.
/// </summary>
internal static class Cursor
{
    private const int ChecksumLength = 6;
    private const int MaxLength = 1024;

    public static string Encode(string list, string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        return Base64Url.EncodeToString([.. Checksum(list, bytes), .. bytes]);
    }

    /// <exception cref="ApiFault">400: not a cursor that this list gave.</exception>
    public static string? Decode(string list, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var bytes = cursor.Length <= MaxLength && Base64Url.IsValid(cursor) ? Base64Url.DecodeFromChars(cursor) : [];
        var key = bytes.AsSpan(Math.Min(ChecksumLength, bytes.Length));

        // Encoded once more because spare bits at the end, or white space, decode to the same bytes.
        if (!bytes.AsSpan(0, bytes.Length - key.Length).SequenceEqual(Checksum(list, key))
            || Base64Url.EncodeToString(bytes) != cursor)
        {
            throw ApiFault.BadRequest("cursor", "is not a cursor of this list");
        }

        return Encoding.UTF8.GetString(key);
    }

    private static byte[] Checksum(string list, ReadOnlySpan<byte> key) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(list), 0, .. key])[..ChecksumLength];
}
