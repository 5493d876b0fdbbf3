using EvCharge.Gateway.Ocpp;
using EvCharge.History;

namespace EvCharge.Gateway.Tenants;

/// <summary>Ends the connections of chargers whose tenant was suspended or is no more.</summary>
internal sealed class SuspendedTenants(SocketRegistry sockets, TenantBook tenants, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var connections in sockets.Bound.GroupBy(socket => socket.Charger.Tenant))
                {
                    await Look(connections);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Look(IGrouping<Domain.Identity.TenantId, ChargerSocket> connections)
    {
        try
        {
            if (await tenants.Find(connections.Key) is { IsActive: true })
            {
                return;
            }
        }
        catch (HistoryUnavailableException)
        {
            // Who is in stays in until it is known that he may not.
            return;
        }

        foreach (var socket in connections)
        {
            socket.End(SocketEnd.Revoked);
        }
    }
}
