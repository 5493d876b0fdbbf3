using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Proxy;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.Grains.Chargers;
using EvCharge.Grains.Connectors;
using EvCharge.Grains.Sites.Allocation;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.History.Proxy;
using EvCharge.History.Reservations;
using EvCharge.History.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace EvCharge.Grains.Sites;

/// <summary>
/// A site. Its one reminder survives every restart and finds what time alone must end, transactions, connections,
/// commands and reservations, also those of chargers that never come back and whose grains sleep.
/// </summary>
internal sealed partial class SiteGrain(
    [PersistentState("site")] IPersistentState<SiteState> state,
    SessionLog history,
    ChargerLog chargerLog,
    ConfigurationStore configuration,
    ReservationStore reservations,
    ProxyLog proxy,
    IOptions<SessionOptions> options,
    IOptions<ChargerOptions> chargers,
    AllocationServices allocation,
    ILogger<SiteGrain> logger,
    TimeProvider time) : Grain, ISiteGrain, IRemindable
{
    private const string WakeUp = "wake-up";
    private static readonly TimeSpan WakeUpPeriod = TimeSpan.FromMinutes(5);
    private readonly SessionPolicy _policy = options.Value.Policy;
    private readonly ChargerOptions _chargers = chargers.Value;

    public async ValueTask Wake()
    {
        await this.RegisterOrUpdateReminder(WakeUp, WakeUpPeriod, WakeUpPeriod);
        await Reload();
    }

    public async ValueTask AuthorizationChanged()
    {
        // One that is not connected reads it when it comes.
        foreach (var charger in await chargerLog.FindOnline(SiteId.FromKey(this.GetPrimaryKeyString())))
        {
            await GrainFactory.GetGrain<IChargerGrain>(charger.ToString()).Reload();
        }
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var site = SiteId.FromKey(this.GetPrimaryKeyString());
        if (!site.IsNone && await configuration.Site(site) is null)
        {
            if (await this.GetReminder(WakeUp) is { } reminder)
            {
                await this.UnregisterReminder(reminder);
            }

            return;
        }

        var now = time.GetUtcNow();
        await reservations.Expire(site.Tenant, now);
        var overdue = await history.FindOverdue(site, now - _policy.SilenceLimit, now - _policy.AvailableGrace);
        var neglected = await chargerLog.FindNeglected(site, now - _chargers.SilenceLimit, now - _chargers.CommandLimit);
        foreach (var charger in overdue.Union(neglected))
        {
            await GrainFactory.GetGrain<IChargerGrain>(charger.ToString()).Sweep();
        }

        foreach (var link in await proxy.FindWaiting(site))
        {
            // One that works already is not disturbed.
            await GrainFactory.GetGrain<IProxyLinkGrain>(link.ToString()).Look();
        }
    }
}
