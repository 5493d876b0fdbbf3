using EvCharge.Domain.Commands;

namespace EvCharge.Contracts.Chargers;

/// <summary>How far a command has come.</summary>
/// <param name="Result">UTF-8 JSON of the charger's CALLRESULT, or empty.</param>
/// <param name="Latency">From sending to the answer, or null.</param>
[GenerateSerializer, Immutable, Alias("evc.CommandSnapshot")]
public sealed record CommandSnapshot(
    [property: Id(0)] long Id,
    [property: Id(1)] string Action,
    [property: Id(2)] CommandStatus Status,
    [property: Id(3)] ReadOnlyMemory<byte> Result,
    [property: Id(4)] string? ErrorCode,
    [property: Id(5)] string? ErrorDescription,
    [property: Id(6)] TimeSpan? Latency);
