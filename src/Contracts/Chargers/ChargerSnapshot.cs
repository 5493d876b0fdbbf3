using EvCharge.Contracts.Connectors;

namespace EvCharge.Contracts.Chargers;

/// <summary>A charger as its grain sees it now.</summary>
[GenerateSerializer, Immutable, Alias("evc.ChargerSnapshot")]
public sealed record ChargerSnapshot(
    [property: Id(0)] bool Online,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] DateTimeOffset? LastSeen,
    [property: Id(3)] string? OcppVersion,
    [property: Id(4)] bool Booted,
    [property: Id(5)] ImmutableArray<ConnectorSnapshot> Connectors);
