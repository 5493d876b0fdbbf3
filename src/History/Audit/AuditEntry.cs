using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EvCharge.History.Audit;

/// <summary>An entry of the audit log of a tenant.</summary>
/// <param name="Number">Counts from 1 without gaps.</param>
/// <param name="Before">The resource before the change as JSON, without secrets; null where there was none.</param>
/// <param name="After">The resource after it, or what was asked for.</param>
/// <param name="Hash">SHA-256 over the entry and the hash of the one before, 64 hexadecimal digits.</param>
public sealed record AuditEntry(
    long Number,
    DateTimeOffset At,
    string Author,
    string? Address,
    string Action,
    string Target,
    string? Before,
    string? After,
    string Hash)
{
    /// <summary>What the first entry is chained to.</summary>
    public const string NoHash = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Escapes no more than JSON asks for, so that others come to the same text.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The hash that the entry has to have after one with that hash: of the JSON array of the hash before, number, milliseconds
    /// since 1970, author, address, action, target, before and after.
    /// </summary>
    public string HashAfter(string previous)
    {
        object?[] content = [previous, Number, At.ToUnixTimeMilliseconds(), Author, Address, Action, Target, Before, After];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, Plain)));
    }
}
