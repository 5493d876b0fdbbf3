using EvCharge.Domain.Sessions;

namespace EvCharge.Contracts.Connectors;

/// <summary>A connector as its grain sees it now.</summary>
/// <param name="Open">The running transaction, or null.</param>
[GenerateSerializer, Immutable, Alias("evc.ConnectorSnapshot")]
public sealed record ConnectorSnapshot(
    [property: Id(0)] int Connector,
    [property: Id(1)] ConnectorStatus Status,
    [property: Id(2)] Transaction? Open);
