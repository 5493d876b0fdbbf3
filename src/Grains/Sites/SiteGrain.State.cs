using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Identity;
using EvCharge.Grains.Sites.Allocation;
using EvCharge.Grains.States;
using EvCharge.History;
using EvCharge.History.Chargers;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Sites;

/// <summary>
/// The site whose stored state cannot be read. It gives no limits, since it knows neither what its chargers hold nor what operators
/// set; what they hold stays in force. It is told of, and repaired by hand.
/// </summary>
internal sealed partial class SiteGrain
{
    public async ValueTask<bool> RepairState()
    {
        if (state.State.Fault is null || !await StateRepair.Replace(state, await WithNothingKnown()))
        {
            return false;
        }

        await RecordStateEvent(
            "site-state-repaired", "could not be read and was put aside. Limits that operators or signals set are to be set again.");
        DeactivateOnIdle();
        await this.AsReference<ISiteGrain>().Awake();
        return true;
    }

    /// <summary>
    /// The state of a site whose chargers may hold anything. Its epoch is above every one that was counted, or they would take the next
    /// activation for one of before. Those that come are found out by themselves; of one that is away all is counted that its vehicle may draw.
    /// </summary>
    private async Task<SiteState> WithNothingKnown()
    {
        var fresh = new SiteState { Epoch = time.GetUtcNow().ToUnixTimeSeconds() };
        var connectors = (await SitePlan.Read(configuration, Id))?.Layout.Connectors ?? [];
        foreach (var charger in connectors.ToLookup(connector => connector.Charger))
        {
            foreach (var open in await history.FindOpen(new ChargerId(Id.Tenant, charger.Key)))
            {
                fresh.Bounds.AddRange(
                    from placed in charger
                    where placed.Connector == open.Connector.Number
                    let most = placed.Settings.Most
                    select new ConnectorBound(
                        placed.Charger, placed.Connector, Connection: 0, open.Id, most, most, Refusals: 0, Proven: false, Trust.Untried.Factor, DistrustedAt: null));
            }
        }

        return fresh;
    }

    private Task TellOfFault(string fault)
    {
        LogUnreadable(logger, Id, fault);
        return RecordStateEvent("site-state-unreadable", $"cannot be read, so that it gives no limits until that is repaired: {fault}");
    }

    private async Task RecordStateEvent(string kind, string detail)
    {
        try
        {
            await chargerLog.RecordEvent(Id.Tenant, new EventRecord(time.GetUtcNow(), kind, null, $"The stored state of {Id.Name} {detail}"));
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogNotTold(logger, Id, kind, unavailable.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Site}: its stored state cannot be read: {Fault}")]
    private static partial void LogUnreadable(ILogger logger, SiteId site, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Site}: {Kind} was not stored: {Reason}")]
    private static partial void LogNotTold(ILogger logger, SiteId site, string kind, string reason);
}
