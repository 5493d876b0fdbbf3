using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.OperatingModes;

/// <summary>The library of operating modes, which chargers name: the tenant's, and in its place those of a site.</summary>
internal static class OperatingModesApi
{
    private const string OfTenant = "/operating-modes";
    private const string OfSite = "/sites/{site}/operating-modes";

    public static void MapOperatingModes(this IEndpointRouteBuilder api)
    {
        const string Soon = "Chargers that name it take limits by it from their first message a minute later.";
        const string Standing = "Refused while a charger names it that would be left without.";
        var modes = api.MapGroup("").WithTags("Operating modes");
        modes.MapGet(OfTenant, (Caller caller, ConfigurationStore store) => List(SiteId.None(caller.Tenant), store))
            .RequirePermission(Permission.ReadFleet).CommonToSites().WithName("listOperatingModes").WithSummary("The tenant's operating modes by id");
        modes.MapGet(OfSite, (Caller caller, string site, ConfigurationStore store) => ListAt(caller.Site(site), store))
            .RequirePermission(Permission.ReadFleet).WithName("listSiteOperatingModes").WithSummary("The operating modes that hold at a site: its own, and the tenant's");

        modes.MapGet($"{OfTenant}/{{mode}}", (Caller caller, string mode, HttpContext http, ConfigurationStore store) => Get(SiteId.None(caller.Tenant), mode, http, store))
            .RequirePermission(Permission.ReadFleet).CommonToSites().WithName("getOperatingMode").WithSummary("One operating mode of the tenant");
        modes.MapGet($"{OfSite}/{{mode}}", (Caller caller, string site, string mode, HttpContext http, ConfigurationStore store) => Get(caller.Site(site), mode, http, store))
            .RequirePermission(Permission.ReadFleet).WithName("getSiteOperatingMode").WithSummary("One operating mode of a site's own");

        modes.MapPut($"{OfTenant}/{{mode}}", (Caller caller, string mode, OperatingModeInput body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, ConfigurationStore store) =>
                Put(SiteId.None(caller.Tenant), mode, body, ifMatch, http, store))
            .RequirePermission(Permission.WriteFleet).Replaces().WithName("putOperatingMode")
            .WithSummary("Create or replace an operating mode of the tenant").WithDescription(Soon);
        modes.MapPut($"{OfSite}/{{mode}}", (Caller caller, string site, string mode, OperatingModeInput body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, ConfigurationStore store) =>
                Put(caller.Site(site), mode, body, ifMatch, http, store))
            .RequirePermission(Permission.WriteFleet).Replaces().WithName("putSiteOperatingMode")
            .WithSummary("Create or replace an operating mode of a site, in place of the tenant's of that id").WithDescription(Soon);

        modes.MapDelete($"{OfTenant}/{{mode}}", (Caller caller, string mode, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store) =>
                Delete(SiteId.None(caller.Tenant), mode, ifMatch, store))
            .RequirePermission(Permission.WriteFleet).WithName("deleteOperatingMode")
            .WithSummary("Delete an operating mode of the tenant").WithDescription(Standing);
        modes.MapDelete($"{OfSite}/{{mode}}", (Caller caller, string site, string mode, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store) =>
                Delete(caller.Site(site), mode, ifMatch, store))
            .RequirePermission(Permission.WriteFleet).WithName("deleteSiteOperatingMode")
            .WithSummary("Delete an operating mode of a site: the tenant's holds again").WithDescription(Standing);
    }

    private static async Task<Page<OperatingModeView>> List(SiteId scope, ConfigurationStore store) =>
        new([.. (await store.OperatingModes(scope)).Select(row => OperatingModeView.Of(row.Value))], null);

    private static async Task<Page<OperatingModeView>> ListAt(SiteId site, ConfigurationStore store)
    {
        _ = await store.Site(site) ?? throw ApiFault.NotFound("There is no such site.");
        var holding = (await store.OperatingModes(SiteId.None(site.Tenant))).Concat(await store.OperatingModes(site))
            .GroupBy(row => row.Value.Mode, (_, same) => same.Last().Value);
        return new([.. holding.OrderBy(mode => mode.Mode, StringComparer.Ordinal).Select(OperatingModeView.Of)], null);
    }

    private static async Task<Ok<OperatingModeView>> Get(SiteId scope, string mode, HttpContext http, ConfigurationStore store)
    {
        var found = await store.OperatingMode(scope, Id(scope, mode)) ?? throw ApiFault.NotFound("There is no such operating mode.");
        return RowVersions.Answer(http, OperatingModeView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<OperatingModeView>, Created<OperatingModeView>>> Put(
        SiteId scope, string mode, OperatingModeInput body, string? ifMatch, HttpContext http, ConfigurationStore store)
    {
        var configuration = body.Checked(scope, Id(scope, mode));
        var written = await store.PutOperatingMode(configuration, ConfigurationStore.MostOperatingModes, RowVersions.Expected(ifMatch));
        if (written.Outcome is WriteOutcome.MissingReference)
        {
            throw ApiFault.NotFound("There is no such site.");
        }

        if (written.Outcome is WriteOutcome.QuotaExceeded)
        {
            throw ApiFault.Conflict("too-many-modes", $"There are {ConfigurationStore.MostOperatingModes} operating modes already.");
        }

        return RowVersions.Put(http, RowVersions.Ensure(written), OperatingModeView.Of(configuration));
    }

    private static async Task<NoContent> Delete(SiteId scope, string mode, string? ifMatch, ConfigurationStore store) =>
        RowVersions.Deleted(await store.DeleteOperatingMode(scope, Id(scope, mode), RowVersions.Expected(ifMatch)), "operating mode");

    /// <summary>It is named as sites are, by which no character of it has to be escaped anywhere.</summary>
    private static string Id(SiteId scope, string mode) =>
        SiteId.TryParse(scope.Tenant, mode, out _) ? mode : throw ApiFault.BadRequest("mode", Ids.SiteGrammar);
}
