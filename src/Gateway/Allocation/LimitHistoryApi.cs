using System.Globalization;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Allocation;

/// <summary>How a site shared.</summary>
internal static class LimitHistoryApi
{
    private const string Limits = "limits";
    private const string Loads = "loads";

    public static void MapLimitHistory(this IEndpointRouteBuilder api)
    {
        var allocation = api.MapGroup("/sites/{site}/allocation").WithTags("Allocation");
        allocation.MapGet("/limits", PageLimits).RequirePermission(Permission.ReadFleet)
            .WithName("listLimits").WithSummary("Limits that the chargers of a site took, newest first")
            .WithDescription("What their vehicles drew under them is in the meter values of the transaction.");
        allocation.MapGet("/load", PageLoads).RequirePermission(Permission.ReadFleet)
            .WithName("listSiteLoads").WithSummary("What a site might take and took, each minute, newest first");
    }

    private static async Task<Page<LimitView>> PageLimits(
        Caller caller, string site, string? charger, int? connector, DateTimeOffset? from, DateTimeOffset? to, [AsParameters] PageRequest page,
        ConfigurationStore store, AllocationQueries history)
    {
        var id = await Find(caller, site, from, to, store);
        var filter = new LimitFilter(charger, connector, from?.ToUniversalTime(), to?.ToUniversalTime());
        return await page.Read(
            Limits, (after, limit) => history.Limits(id, filter, Read(after), limit), row => Write(row.Place), row => LimitView.Of(row.Limit));
    }

    private static async Task<Page<SiteLoadView>> PageLoads(
        Caller caller, string site, DateTimeOffset? from, DateTimeOffset? to, [AsParameters] PageRequest page, ConfigurationStore store,
        AllocationQueries history)
    {
        var id = await Find(caller, site, from, to, store);
        return await page.Read(
            Loads, (after, limit) => history.Loads(id, from?.ToUniversalTime(), to?.ToUniversalTime(), Read(after), limit),
            row => Write(row.Place), row => SiteLoadView.Of(row.Load));
    }

    private static string Write(AllocationCursor place) => string.Create(CultureInfo.InvariantCulture, $"{place.At.UtcTicks} {place.Id}");

    /// <summary>The checksum has shown that the text is ours.</summary>
    private static AllocationCursor? Read(string? key) => key?.Split(' ') is [var ticks, var id]
        ? new AllocationCursor(
            new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), long.Parse(id, CultureInfo.InvariantCulture))
        : null;

    private static async Task<SiteId> Find(Caller caller, string site, DateTimeOffset? from, DateTimeOffset? to, ConfigurationStore store)
    {
        if (to < from)
        {
            throw ApiFault.BadRequest("to", "is before from");
        }
        var id = caller.Site(site);
        return await store.Site(id) is null ? throw ApiFault.NotFound("There is no such site.") : id;
    }
}

/// <summary>A limit that a charger took.</summary>
/// <param name="At">When its answer came.</param>
/// <param name="Transaction">For which it is; null for the default, under which the next vehicle starts.</param>
/// <param name="Limit">In A on each loaded phase; 0 pauses the vehicle.</param>
/// <param name="Drawn">What its vehicle was measured to draw before, in A; null when nothing was.</param>
/// <param name="Reason">most, row, waiting, sleeping, idle or fixed: why it gets no more.</param>
public sealed record LimitView(
    DateTimeOffset At, string Charger, int Connector, long? Transaction, double Limit, double? Drawn, string Reason)
{
    internal static LimitView Of(LimitRecord taken) => new(
        taken.At, taken.Charger, taken.Connector, taken.Transaction, Tenths.Of(taken.Limit), Tenths.Of(taken.Drawn), taken.Reason);
}

/// <summary>A site at a minute, where the least was free of what limits it.</summary>
/// <param name="Part">L1, L2 or L3 in A, or power in W.</param>
/// <param name="Free">What vehicles might take.</param>
/// <param name="InForce">What they might take at most by the limits that might be in force.</param>
/// <param name="Drawn">What they were measured to draw.</param>
/// <param name="Charging">Vehicles that might charge.</param>
/// <param name="Waiting">Vehicles that were paused.</param>
public sealed record SiteLoadView(
    DateTimeOffset At, string Part, double Free, double InForce, double Drawn, int Charging, int Waiting)
{
    internal static SiteLoadView Of(SiteLoadRecord load) => new(
        load.At, load.Part, Tenths.Of(load.Free), Tenths.Of(load.InForce), Tenths.Of(load.Drawn), load.Charging, load.Waiting);
}
