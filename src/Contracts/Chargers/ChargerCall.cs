namespace EvCharge.Contracts.Chargers;

/// <summary>A CALL that somebody wants sent to a charger.</summary>
/// <param name="Action">Name of the OCPP operation.</param>
/// <param name="Payload">UTF-8 JSON object; the grain validates it against the charger's version.</param>
/// <param name="RequestedBy">User or API key, for the record.</param>
/// <param name="IdempotencyKey">A second submission with an equal key within 24 h is the first one; null for none.</param>
[GenerateSerializer, Immutable, Alias("evc.ChargerCall")]
public sealed record ChargerCall(
    [property: Id(0)] string Action,
    [property: Id(1)] ReadOnlyMemory<byte> Payload,
    [property: Id(2)] string RequestedBy,
    [property: Id(3)] string? IdempotencyKey = null);

/// <summary>The answer to a submission: an id to wait for, or a refusal. A refusal stores and sends nothing.</summary>
[GenerateSerializer, Immutable, Alias("evc.SubmitResult")]
public sealed record SubmitResult([property: Id(0)] long? CommandId, [property: Id(1)] Refusal? Refusal);

/// <summary>Why a request was not taken.</summary>
/// <param name="Field">JSON path of the member at fault, or null.</param>
[GenerateSerializer, Immutable, Alias("evc.Refusal")]
public sealed record Refusal(
    [property: Id(0)] RefusalKind Kind,
    [property: Id(1)] string Text,
    [property: Id(2)] string? Field = null);

[GenerateSerializer, Alias("evc.RefusalKind")]
public enum RefusalKind
{
    /// <summary>No such charger.</summary>
    NotFound,

    /// <summary>The charger's OCPP version has no such operation for the system to send.</summary>
    UnknownAction,

    /// <summary>The payload is not valid; <see cref="Refusal.Field"/> names the member.</summary>
    InvalidPayload,

    /// <summary>Too many commands wait for this charger already.</summary>
    QueueFull,

    /// <summary>The charger's site gives it its limits, and nobody else may.</summary>
    Managed,
}
