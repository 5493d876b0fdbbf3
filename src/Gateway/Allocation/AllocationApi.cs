using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Audit;
using EvCharge.Gateway.Security;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Allocation;

/// <summary>How a site shares among its vehicles, and what limits it for a while.</summary>
internal static class AllocationApi
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static void MapAllocation(this IEndpointRouteBuilder api)
    {
        var site = api.MapGroup("/sites/{site}").WithTags("Allocation");
        site.MapGet("/allocation", Get).RequirePermission(Permission.ReadFleet)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("getAllocation").WithSummary("What each connector of a site has, and why no more")
            .WithDescription("409 not-limited: the site gives its chargers no limits, or has decided on none yet.");
        site.MapGet("/allocation/dry-run", DryRun).RequirePermission(Permission.ReadFleet)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("dryRunAllocation").WithSummary("What the connectors would get now with another limit, without giving it")
            .WithDescription("limit is in the site's unit and stands in the place of all that limit the grid connection; without it nothing does.");
        site.MapPut("/limit", PutLimit).RequirePermission(Permission.SendCalls)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("putSiteLimit").WithSummary("Limit a site for a while")
            .WithDescription("Beside all that limits it otherwise: of several limits the lowest holds.");
        site.MapDelete("/limit", DeleteLimit).RequirePermission(Permission.SendCalls)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("deleteSiteLimit").WithSummary("Take back the limit that was set for a while");
        site.MapPut("/limit/external", PutExternal).RequirePermission(Permission.SendCalls)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("putExternalLimit").WithSummary("Take a limit that a signal from outside sets: a grid operator, an energy management")
            .WithDescription("From then on, without another signal, the fallback holds; without a fallback nothing does.");
        site.MapDelete("/limit/external", DeleteExternal).RequirePermission(Permission.SendCalls)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("deleteExternalLimit").WithSummary("Forget the signal from outside, its fallback too");
        site.MapPut("/base-load", PutBaseLoad).RequirePermission(Permission.SendCalls).Unaudited()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("putBaseLoad").WithSummary("Take what others than vehicles take at the grid connection, by a meter")
            .WithDescription(
                "With tree.baseLoad.countsVehicles what all take there, vehicles too. "
                + "To be sent every few seconds: without a fresh one tree.baseLoad.worstCase counts. "
                + "409 not-limited: the site gives no limits; 409 no-base-load: its tree has no baseLoad.");
    }

    private static async Task<Ok<AllocationView>> Get(Caller caller, string site, ConfigurationStore store, IGrainFactory grains)
    {
        var (id, configuration) = await Find(caller, site, store);
        return TypedResults.Ok(AllocationView.Of(await Grain(grains, id).Allocation() ?? throw NotLimited(), configuration.EnergyUnit));
    }

    private static async Task<Ok<IReadOnlyList<AllotmentView>>> DryRun(
        Caller caller, string site, double? limit, ConfigurationStore store, IGrainFactory grains)
    {
        new Checks().Range(limit, "limit", 0, SiteInput.HighestLimit).ThrowIfAny();
        var (id, _) = await Find(caller, site, store);
        var allotments = await Grain(grains, id).DryRun(limit) ?? throw NotLimited();
        return TypedResults.Ok<IReadOnlyList<AllotmentView>>([.. allotments.Select(AllotmentView.Of)]);
    }

    private static async Task<NoContent> PutLimit(
        Caller caller, string site, LimitInput body, ConfigurationStore store, IGrainFactory grains, EventLog events, TimeProvider time)
    {
        var (id, configuration) = await Find(caller, site, store);
        var now = time.GetUtcNow();
        new Checks()
            .That(body.Value is >= 0 and <= SiteInput.HighestLimit, "value", $"must be 0 to {SiteInput.HighestLimit}")
            .That(body.Until > now && body.Until <= now + Longest, "until", "must be in the future, within a year")
            .ThrowIfAny();
        return await Set(
            Grain(grains, id).SetLimit(new TemporaryLimit(body.Value!.Value, body.Until!.Value.ToUniversalTime())), events, caller,
            $"{caller.Name} limited site {site} to {body.Value} {configuration.EnergyUnit} until {body.Until:yyyy-MM-dd HH:mm:ss}Z.");
    }

    private static async Task<NoContent> DeleteLimit(Caller caller, string site, ConfigurationStore store, IGrainFactory grains, EventLog events)
    {
        var (id, _) = await Find(caller, site, store);
        return await Set(Grain(grains, id).SetLimit(null), events, caller, $"{caller.Name} took the limit of site {site} back.");
    }

    private static async Task<NoContent> PutExternal(
        Caller caller, string site, ExternalLimitInput body, ConfigurationStore store, IGrainFactory grains, EventLog events, TimeProvider time)
    {
        var (id, configuration) = await Find(caller, site, store);
        var now = time.GetUtcNow();
        var from = body.From ?? now;
        new Checks()
            .That(body.Value is >= 0 and <= SiteInput.HighestLimit, "value", $"must be 0 to {SiteInput.HighestLimit}")
            .Range(body.Fallback, "fallback", 0, SiteInput.HighestLimit)
            .That(from <= now + Longest, "from", "must be within a year")
            .That(body.Until > from && body.Until > now && body.Until <= now + Longest, "until", "must be after from and in the future, within a year")
            .ThrowIfAny();
        return await Set(
            Grain(grains, id).SetExternalLimit(
                new ExternalLimit(body.Value!.Value, from.ToUniversalTime(), body.Until!.Value.ToUniversalTime(), body.Fallback)),
            events, caller, $"A signal by {caller.Name} limits site {site} to {body.Value} {configuration.EnergyUnit} until {body.Until:yyyy-MM-dd HH:mm:ss}Z.");
    }

    private static async Task<NoContent> DeleteExternal(
        Caller caller, string site, ConfigurationStore store, IGrainFactory grains, EventLog events)
    {
        var (id, _) = await Find(caller, site, store);
        return await Set(Grain(grains, id).SetExternalLimit(null), events, caller, $"{caller.Name} forgot the signal for site {site}.");
    }

    private static async Task<NoContent> PutBaseLoad(
        Caller caller, string site, SiteLoadInput body, ConfigurationStore store, IGrainFactory grains)
    {
        var (id, configuration) = await Find(caller, site, store);
        var inWatts = configuration.EnergyUnit == "W";
        new Checks()
            .That(inWatts || body.Currents is { Count: 3 }, "currents", "must be the currents of L1, L2 and L3 in A: the site's unit is A")
            .That(!inWatts || body.Power is not null, "power", "must be there, in W: the site's unit is W")
            .That((body.Currents ?? []).All(Sensible), "currents", $"must be -{SiteInput.HighestLimit} to {SiteInput.HighestLimit}")
            .That(body.Power is null || Sensible(body.Power.Value), "power", $"must be -{SiteInput.HighestLimit} to {SiteInput.HighestLimit}")
            .ThrowIfAny();
        if (await Grain(grains, id).SetBaseLoad(inWatts ? [body.Power!.Value] : [.. body.Currents!]))
        {
            return TypedResults.NoContent();
        }
        throw await Grain(grains, id).Allocation() is null
            ? NotLimited()
            : ApiFault.Conflict("no-base-load", "The site's tree has no baseLoad: it takes no account of what others take.");

        static bool Sensible(double load) => Math.Abs(load) <= SiteInput.HighestLimit;
    }

    private static async Task<NoContent> Set(ValueTask<bool> set, EventLog events, Caller caller, string told)
    {
        if (!await set)
        {
            throw NotLimited();
        }
        events.Record(caller.Tenant, "site-limited", null, told);
        return TypedResults.NoContent();
    }

    private static async Task<(SiteId Id, SiteConfiguration Site)> Find(Caller caller, string site, ConfigurationStore store)
    {
        var id = caller.Site(site);
        return (id, (await store.Site(id) ?? throw ApiFault.NotFound("There is no such site.")).Value);
    }

    private static ISiteGrain Grain(IGrainFactory grains, SiteId site) => grains.GetGrain<ISiteGrain>(site.ToString());

    private static ApiFault NotLimited() => ApiFault.Conflict("not-limited", "The site gives its chargers no limits.");
}

/// <summary>A limit for a while.</summary>
/// <param name="Value">In the site's unit.</param>
/// <param name="Until">At most a year ahead.</param>
public sealed record LimitInput(double? Value, DateTimeOffset? Until);

/// <summary>A limit that a signal from outside sets.</summary>
/// <param name="Value">In the site's unit.</param>
/// <param name="From">Now when left out.</param>
/// <param name="Until">At most a year ahead.</param>
/// <param name="Fallback">What holds before and after; null for nothing.</param>
public sealed record ExternalLimitInput(double? Value, DateTimeOffset? From, DateTimeOffset? Until, double? Fallback);

/// <summary>What others than vehicles take at the grid connection; negative where more is generated.</summary>
/// <param name="Currents">Of L1, L2 and L3 in A, where the site's unit is A.</param>
/// <param name="Power">Of all phases together in W, where the site's unit is W.</param>
public sealed record SiteLoadInput(IReadOnlyList<double>? Currents = null, double? Power = null);
