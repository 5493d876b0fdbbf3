using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Documents;

/// <summary>The configuration of a tenant or of a site as one document, and many changes as one act.</summary>
internal static class DocumentApi
{
    /// <summary>How often a put without If-Match looks again when somebody else changed a thing at the same moment.</summary>
    private const int Attempts = 3;

    private const string HowPut =
        "All of it is applied, or nothing. A list that is left out stays as it is; of one that is given, what is not in it is "
        + "deleted. With dryRun=true the answer is what would change, and nothing is written. The ETag is that of the whole document.";

    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        api.MapGet("/configuration", Get).RequirePermission(Permission.ReadFleet).Produces<ConfigurationDocument>()
            .WithTags("Configuration").WithName("getConfiguration")
            .WithSummary("Sites, chargers, profile templates and operating modes as one document, without secrets");
        api.MapPut("/configuration", Put).RequirePermission(Permission.WriteFleet).Takes()
            .WithTags("Configuration").WithName("putConfiguration")
            .WithSummary("Bring the configuration to what a document says").WithDescription(HowPut);
        api.MapGet("/sites/{site}/configuration", GetSite).RequirePermission(Permission.ReadFleet).Produces<ConfigurationDocument>()
            .WithTags("Configuration").WithName("getSiteConfiguration")
            .WithSummary("A site with its chargers, profile templates and operating modes as one document, without secrets");
        api.MapPut("/sites/{site}/configuration", PutSite).RequirePermission(Permission.WriteFleet).Takes()
            .WithTags("Configuration").WithName("putSiteConfiguration")
            .WithSummary("Bring a site and what is in it to what a document says").WithDescription(HowPut);
    }

    private static RouteHandlerBuilder Takes(this RouteHandlerBuilder put) => put.Replaces()
        .WithMetadata(new RequestSizeLimitAttribute(ConfigurationDocument.MaxBytes))
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private static async Task<JsonHttpResult<DocumentView>> Get(
        Caller caller, HttpContext http, ConfigurationStore store, FleetQueries fleet)
    {
        var standing = await StandingConfiguration.Of(caller.Tenant, store, fleet);
        return Show(http, standing, DocumentView.Of(standing));
    }

    private static async Task<JsonHttpResult<DocumentView>> GetSite(
        Caller caller, string site, HttpContext http, ConfigurationStore store, FleetQueries fleet)
    {
        var standing = await OfSite(caller.Site(site), store, fleet);
        return Show(http, standing, DocumentView.Of(standing));
    }

    private static Task<Ok<ConfigurationDifference>> Put(
        Caller caller,
        ConfigurationDocument body,
        [FromQuery] bool? dryRun,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        FleetQueries fleet,
        Owners owners) =>
        new DocumentAct(caller.Tenant, store, owners, () => StandingConfiguration.Of(caller.Tenant, store, fleet))
            .Take(body, http, ifMatch, dryRun is true, Attempts);

    private static async Task<Ok<ConfigurationDifference>> PutSite(
        Caller caller,
        string site,
        ConfigurationDocument body,
        [FromQuery] bool? dryRun,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        FleetQueries fleet,
        Owners owners)
    {
        var id = caller.Site(site);
        var act = new DocumentAct(caller.Tenant, store, owners, () => OfSite(id, store, fleet));
        var document = await SiteDocument.Within(id, body, await OfSite(id, store, fleet), store);
        return await act.Take(document, http, ifMatch, dryRun is true, Attempts);
    }

    private static async Task<StandingConfiguration> OfSite(SiteId site, ConfigurationStore store, FleetQueries fleet) =>
        await StandingConfiguration.Of(site, store, fleet) ?? throw ApiFault.NotFound("There is no such site.");

    private static JsonHttpResult<DocumentView> Show(HttpContext http, StandingConfiguration standing, DocumentView view)
    {
        http.Response.Headers.ETag = $"\"{standing.Version()}\"";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"configuration.json\"";
        return TypedResults.Json(view, DocumentText.Format);
    }
}
