using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using EvCharge.History.Tenants;
using Orleans.Runtime;

namespace EvCharge.Gateway.Tenants;

/// <summary>
/// Erases the tenants that are marked for it: first what their grains keep, then their rows. Begun again after an
/// interruption, by any gateway; several may do so side by side.
/// </summary>
internal sealed partial class TenantErasure(
    ConfigurationStore store,
    FleetQueries fleet,
    TenantRecords records,
    IGrainFactory grains,
    EventLog events,
    TimeProvider time,
    ILogger<TenantErasure> logger) : BackgroundService
{
    private const int Page = 500;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await EraseAll(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task EraseAll(CancellationToken stop)
    {
        try
        {
            foreach (var tenant in await store.TenantsToErase())
            {
                await Erase(tenant, stop);
            }
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException or TimeoutException)
        {
            LogLater(logger, fault.Message);
        }
    }

    private async Task Erase(TenantId tenant, CancellationToken stop)
    {
        for (var names = await fleet.Names(tenant, null, Page); names.Count > 0; names = await fleet.Names(tenant, null, Page))
        {
            foreach (var charger in names.Select(name => new ChargerId(tenant, name)))
            {
                stop.ThrowIfCancellationRequested();
                await grains.GetGrain<IChargerGrain>(charger.ToString()).Erase();
                await store.DeleteCharger(charger, null);
            }
        }

        var all = SiteScope.All(tenant);
        for (var sites = await store.Sites(all, null, Page); sites.Count > 0; sites = await store.Sites(all, sites[^1].Value.Site, Page))
        {
            foreach (var site in sites.Select(row => new SiteId(tenant, row.Value.Site)))
            {
                stop.ThrowIfCancellationRequested();
                await grains.GetGrain<ISiteGrain>(site.ToString()).Erase();
            }
        }

        await records.Erase(tenant, stop);
        events.Record(TenantId.Default, "tenant-deleted", null, $"What was kept of the tenant {tenant} is erased.");
        LogErased(logger, tenant);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "What was kept of the tenant {Tenant} is erased")]
    private static partial void LogErased(ILogger logger, TenantId tenant);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tenants are erased later: {Reason}")]
    private static partial void LogLater(ILogger logger, string reason);
}
