using EvCharge.Gateway.Security;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Api;

/// <summary>One connector with its running session.</summary>
internal static class ConnectorsApi
{
    public static void MapConnectors(this IEndpointRouteBuilder api) =>
        api.MapGet("/chargers/{charger}/connectors/{connector:int}", Get).RequirePermission(Permission.ReadFleet)
            .WithTags("Chargers").WithName("getConnector").WithSummary("One connector with its running transaction");

    private static async Task<ConnectorDetail> Get(
        Caller caller, string charger, int connector, FleetQueries fleet, TransactionQueries transactions)
    {
        var found = await fleet.Charger(caller.Charger(charger));
        var configured = found?.Configuration.Value.Connectors.FirstOrDefault(item => item.Connector == connector)
            ?? throw ApiFault.NotFound("There is no such connector.");

        var filter = new TransactionFilter(Charger: charger, Connector: connector, Active: true);
        var open = await transactions.List(caller.Scope, filter, after: null, limit: 1);
        return new ConnectorDetail(ConnectorView.Of(configured, found.Statuses))
        {
            Charger = charger,
            Online = found.Online,
            Transaction = open.Count == 0 ? null : TransactionView.Of(open[0]),
        };
    }
}

/// <summary>A connector with its charger's connection and its running transaction.</summary>
public sealed record ConnectorDetail : ConnectorView
{
    internal ConnectorDetail(ConnectorView connector)
        : base(connector)
    {
    }

    public required string Charger { get; init; }

    public required bool Online { get; init; }

    /// <summary>The running transaction; null when there is none.</summary>
    public required TransactionView? Transaction { get; init; }
}
