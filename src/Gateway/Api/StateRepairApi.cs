using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Sites;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Api;

/// <summary>Chargers and sites whose stored state cannot be read are out of service until somebody puts it aside.</summary>
internal static class StateRepairApi
{
    public static void MapStateRepair(this IEndpointRouteBuilder api)
    {
        api.MapPost("/chargers/{charger}/state-repair", RepairCharger).RequirePermission(Permission.WriteFleet).WithTags("Chargers")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("repairCharger").WithSummary("Put a charger in service again whose stored state cannot be read")
            .WithDescription(
                "The event state-unreadable tells of it. What was stored is put aside; the charger says it again when it comes back. 409 "
                + "state-readable: nothing is wrong with it, and nothing was done.");
        api.MapPost("/sites/{site}/state-repair", RepairSite).RequirePermission(Permission.WriteFleet).WithTags("Sites")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("repairSite").WithSummary("Have a site give limits again whose stored state cannot be read")
            .WithDescription(
                "The event site-state-unreadable tells of it. What operators and outside signals set, and what was said of sessions, is lost: "
                + "set it again. Each charger counts with all it may draw until it has taken a limit. 409 state-readable: nothing is wrong "
                + "with it, and nothing was done.");
    }

    private static async Task<NoContent> RepairCharger(Caller caller, string charger, ConfigurationStore store, IGrainFactory grains)
    {
        var (id, _) = await Configuration.Charger(store, caller, charger);
        return await grains.GetGrain<IChargerGrain>(id.ToString()).RepairState() ? TypedResults.NoContent() : throw Readable();
    }

    private static async Task<NoContent> RepairSite(Caller caller, string site, ConfigurationStore store, IGrainFactory grains)
    {
        var id = caller.Site(site);
        _ = await store.Site(id) ?? throw ApiFault.NotFound("There is no such site.");
        return await grains.GetGrain<ISiteGrain>(id.ToString()).RepairState() ? TypedResults.NoContent() : throw Readable();
    }

    private static ApiFault Readable() => ApiFault.Conflict("state-readable", "What is stored can be read: there is nothing to repair.");
}
