using EvCharge.Domain.Identity;

namespace EvCharge.Domain.Commands;

/// <summary>One command for many chargers, sent to one after the other.</summary>
/// <param name="Payload">UTF-8 JSON of the request.</param>
/// <param name="PerSecond">To how many chargers it goes in a second.</param>
public sealed record Batch(
    TenantId Tenant,
    long Id,
    string Action,
    ReadOnlyMemory<byte> Payload,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    double PerSecond,
    BatchStatus Status)
{
    /// <summary>The key under which the command of each charger is submitted, so that none is sent twice.</summary>
    public string IdempotencyKey => $"batch-{Id}";
}

/// <summary>How far a batch has come. Numbers are stored: append, never renumber.</summary>
public enum BatchStatus
{
    /// <summary>Some chargers were not given the command yet.</summary>
    Running,

    /// <summary>Every charger was given the command, or could not be; answers may still be awaited.</summary>
    Submitted,

    /// <summary>Somebody stopped it: who was not given the command yet does not get it.</summary>
    Cancelled,
}

/// <summary>What became of a batch at one charger.</summary>
/// <param name="CommandId">Null while it waits, and when it was refused.</param>
/// <param name="Status">Of the command; null without one.</param>
/// <param name="Refusal">Why the charger could not be given the command; null otherwise.</param>
public sealed record BatchItem(int Number, string Charger, long? CommandId, CommandStatus? Status, string? Refusal);

/// <summary>How many chargers of a batch are in which state.</summary>
/// <param name="Waiting">Not given the command yet.</param>
/// <param name="Refused">Could not be given the command.</param>
/// <param name="ByStatus">Commands by their status.</param>
public sealed record BatchProgress(int Total, int Waiting, int Refused, IReadOnlyDictionary<CommandStatus, int> ByStatus);
