using EvCharge.Domain.Certificates;
using EvCharge.Domain.Identity;

namespace EvCharge.History.Files;

/// <summary>What a file is for. Numbers are stored: append, never renumber.</summary>
public enum FileKind
{
    /// <summary>Chargers fetch it.</summary>
    Firmware,

    /// <summary>A charger sent it: diagnostics or a log.</summary>
    Upload,
}

/// <summary>A file that is complete.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the content, lower-case hex.</param>
/// <param name="Charger">Who sent it; null for a firmware.</param>
/// <param name="CommandId">The command that asked for it; null for a firmware.</param>
public sealed record StoredFile(
    long Id, FileKind Kind, string Name, long Size, string Sha256, DateTimeOffset CreatedAt, string CreatedBy, string? Charger, long? CommandId)
{
    /// <summary>Of a firmware whose manufacturer has signed it.</summary>
    public FirmwareSignature? Signature { get; init; }
}

/// <summary>The right of a charger to fetch a file, or to send one.</summary>
/// <param name="SecretHash">SHA-256 of the secret in its address, lower-case hex.</param>
/// <param name="FileId">The file to fetch; null for the right to send one.</param>
public sealed record FileGrant(ChargerId Charger, string SecretHash, long? FileId, long? CommandId, DateTimeOffset ExpiresAt);
