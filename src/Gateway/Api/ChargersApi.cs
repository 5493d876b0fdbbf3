using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>Chargers: what they are configured to be, and what is known of them.</summary>
internal static class ChargersApi
{
    private const string List = "chargers";

    public static void MapChargers(this IEndpointRouteBuilder api)
    {
        var chargers = api.MapGroup("/chargers").WithTags("Chargers");
        chargers.MapGet("", Page).RequirePermission(Permission.ReadFleet).NarrowedToSites()
            .WithName("listChargers").WithSummary("Chargers by id, perhaps of one site");
        chargers.MapGet("/{charger}", Get).RequirePermission(Permission.ReadFleet)
            .WithName("getCharger").WithSummary("One charger with its connectors");
        chargers.MapPut("/{charger}", Put).RequirePermission(Permission.WriteFleet).NarrowedToSites().Replaces()
            .WithName("putCharger").WithSummary("Create or replace a charger");
        chargers.MapDelete("/{charger}", Delete).RequirePermission(Permission.WriteFleet)
            .WithName("deleteCharger").WithSummary("Delete a charger; its transactions stay");
        chargers.MapGet("/{charger}/warnings", Warnings).RequirePermission(Permission.ReadFleet)
            .WithName("listWarnings").WithSummary("How the charger deviates from the standard");
    }

    private static Task<Page<ChargerView>> Page(
        Caller caller, string? site, [AsParameters] PageRequest page, FleetQueries fleet) =>
        page.Read(
            List,
            (after, limit) => fleet.Chargers(caller.Scope, site, after, limit),
            row => row.Configuration.Value.Charger,
            ChargerView.Of);

    private static async Task<Ok<ChargerView>> Get(Caller caller, string charger, HttpContext http, FleetQueries fleet)
    {
        var found = await fleet.Charger(caller.Charger(charger)) ?? throw NoSuchCharger();
        return RowVersions.Answer(http, ChargerView.Of(found), found.Configuration.RowVersion);
    }

    private static async Task<Results<Ok<ChargerView>, Created<ChargerView>>> Put(
        Caller caller,
        string charger,
        ChargerInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        FleetQueries fleet,
        Owners owners)
    {
        var id = caller.Charger(charger);
        var before = await store.Charger(id);
        if (before is not null && !caller.Scope.Covers(before.Value.Site))
        {
            throw NoSuchCharger();
        }

        var configuration = body.Checked(id, before?.Value);
        new Checks().That(body.Site is not null || caller.Scope.Covers(null), "site", "is needed from who sees some sites only").ThrowIfAny();
        await Configuration.EnsureSite(store, caller, body.Site, "site");
        await Configuration.EnsureOperatingMode(store, caller, body);

        var written = RowVersions.Ensure(await store.PutCharger(caller.Tenant, configuration, RowVersions.Expected(ifMatch)));
        await owners.ChargerChanged(id);
        await owners.SiteChanged(body.Site is null ? SiteId.None(caller.Tenant) : caller.Site(body.Site));

        var found = await fleet.Charger(id) ?? throw NoSuchCharger();
        return RowVersions.Put(http, written, ChargerView.Of(found));
    }

    private static async Task<NoContent> Delete(
        Caller caller,
        string charger,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        ConfigurationStore store,
        Owners owners)
    {
        var id = caller.Charger(charger);
        var answer = RowVersions.Deleted(await store.DeleteCharger(id, RowVersions.Expected(ifMatch)), "charger");
        await owners.ChargerChanged(id);
        return answer;
    }

    private static async Task<Page<WarningView>> Warnings(Caller caller, string charger, ConfigurationStore store, FleetQueries fleet)
    {
        var id = caller.Charger(charger);
        _ = await store.Charger(id) ?? throw NoSuchCharger();
        var warnings = await fleet.Warnings(id);
        return new Page<WarningView>([.. warnings.Select(WarningView.Of)], null);
    }

    private static ApiFault NoSuchCharger() => ApiFault.NotFound("There is no such charger.");
}

/// <summary>A deviation from the standard, counted.</summary>
/// <param name="Action">The operation whose frame deviates.</param>
/// <param name="Rule">What was bent: timestamp, length, enum, type and so on.</param>
/// <param name="Field">JSON path of the member.</param>
/// <param name="Example">The latest value as sent, cut.</param>
public sealed record WarningView(
    string Action, string Rule, string Field, string Example, DateTimeOffset LastSeen, long Count)
{
    internal static WarningView Of(History.Chargers.ConformanceWarning warning) =>
        new(warning.Action, warning.Rule, warning.Field, warning.Example, warning.At, warning.Count);
}
