using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.LocalLists;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.LocalLists;

/// <summary>The tags that a charger decides on by itself, as far as it is known what it holds.</summary>
internal static class LocalListApi
{
    private const string List = "local-list";

    public static void MapLocalLists(this IEndpointRouteBuilder api)
    {
        var list = api.MapGroup("/chargers/{charger}/local-list").WithTags("Local lists");
        list.MapGet("", Get).RequirePermission(Permission.ReadFleet)
            .WithName("getLocalList").WithSummary("A charger's local list and its authorization cache");
        list.MapGet("/entries", Entries).RequirePermission(Permission.ReadTags)
            .WithName("listLocalListEntries").WithSummary("The entries that a charger took, by tag")
            .WithDescription("They are what it holds only while known is true.");
        list.MapPost("/sync", Sync).RequirePermission(Permission.SendCalls).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("syncLocalList").WithSummary("Compare a charger's local list with the tags now")
            .WithDescription("Asks also a charger that said that it supports none. 409 off: no list is kept for the charger.");
    }

    private static async Task<Ok<LocalListView>> Get(Caller caller, string charger, ConfigurationStore store, LocalListStore lists)
    {
        var (id, mode, configuration) = await Existing(caller, charger, store);
        return TypedResults.Ok(LocalListView.Of(mode, configuration.ClearCache, await lists.Find(id), await lists.Revision(id.Tenant)));
    }

    private static async Task<Page<LocalListEntryView>> Entries(
        Caller caller, string charger, [AsParameters] PageRequest page, ConfigurationStore store, LocalListStore lists)
    {
        var (id, _, _) = await Existing(caller, charger, store);
        return await page.Read(
            List, (after, limit) => lists.Entries(id, after, limit), entry => entry.Tag.Key, LocalListEntryView.Of);
    }

    private static async Task<Accepted<LocalListView>> Sync(
        Caller caller, string charger, LocalListSync? body, ConfigurationStore store, LocalListStore lists, Owners owners)
    {
        var (id, mode, configuration) = await Existing(caller, charger, store);
        if (mode == LocalListMode.Off)
        {
            throw ApiFault.Conflict("off", "No local list is kept for the charger.");
        }

        await lists.Doubt(id, body?.Full == true);
        await owners.ChargerChanged(id);
        return TypedResults.Accepted(
            $"/api/v1/chargers/{charger}/local-list",
            LocalListView.Of(mode, configuration.ClearCache, await lists.Find(id), await lists.Revision(id.Tenant)));
    }

    private static async Task<(ChargerId Id, string Mode, ChargerConfiguration Configuration)> Existing(
        Caller caller, string charger, ConfigurationStore store)
    {
        var (id, known) = await Configuration.Charger(store, caller, charger);
        return (id, known.LocalList ?? (await store.Settings(id.Tenant)).Value.LocalList, known);
    }
}
