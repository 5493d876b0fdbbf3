using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;

namespace EvCharge.History.Commands;

/// <summary>A command to a charger, as stored. Payload and result are UTF-8 JSON.</summary>
public sealed record CommandRecord
{
    public required long Id { get; init; }
    public required ChargerId Charger { get; init; }
    public required string Action { get; init; }
    public required ReadOnlyMemory<byte> Payload { get; init; }
    public required string RequestedBy { get; init; }
    public string? IdempotencyKey { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>After this moment an unsent command is not sent any more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public CommandStatus Status { get; init; }

    /// <summary>uniqueId of the CALL; empty until sent.</summary>
    public string MessageId { get; init; } = "";
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public ReadOnlyMemory<byte> Result { get; init; }
    public string? ErrorCode { get; init; }
    public string? ErrorDescription { get; init; }

    /// <summary>The answer came after the time-out.</summary>
    public bool Late { get; init; }
}
