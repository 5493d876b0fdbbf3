using EvCharge.Domain.Sessions;

namespace EvCharge.Contracts.Connectors;

/// <summary>One connector of a charger; key <see cref="Domain.Identity.ConnectorId"/>. Only its charger grain calls it.</summary>
[Alias("evc.IConnectorGrain")]
public interface IConnectorGrain : IGrainWithStringKey
{
    /// <summary>Applies an event; its effects are durable when the answer comes back.</summary>
    [Alias("Apply")]
    ValueTask<SessionAnswer> Apply(SessionEvent happened);

    [Alias("Snapshot")]
    ValueTask<ConnectorSnapshot> Snapshot();
}
