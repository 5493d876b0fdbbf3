using EvCharge.Domain.Sessions;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// Where the charger's open transactions run, as last heard from its connectors: to send samples to the connector that
/// their transaction names, and to know which connectors live.
/// </summary>
internal sealed class OpenTransactions
{
    private readonly Dictionary<int, int?> _byConnector = [];

    public bool Any => _byConnector.Values.Any(ocppId => ocppId is not null);

    public IReadOnlyList<int> Connectors => [.. _byConnector.Keys];

    public void Saw(int connector, Transaction? open) => _byConnector[connector] = open?.OcppId;

    public int? ConnectorOf(long ocppId)
    {
        foreach (var (connector, open) in _byConnector)
        {
            if (open == ocppId)
            {
                return connector;
            }
        }

        return null;
    }
}
