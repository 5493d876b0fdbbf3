using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.ChargingProfiles;

/// <summary>The library of charging profiles that those of chargers are made from: the tenant's, and in its place those of a site.</summary>
internal static class ProfileTemplatesApi
{
    private const string OfTenant = "/profile-templates";
    private const string OfSite = "/sites/{site}/profile-templates";

    public static void MapProfileTemplates(this IEndpointRouteBuilder api)
    {
        const string Standing = "Profiles that were made from it before stay as they are.";
        var templates = api.MapGroup("").WithTags("Charging profiles");
        templates.MapGet(OfTenant, (Caller caller, [AsParameters] PageRequest page, ConfigurationStore store) => List(SiteId.None(caller.Tenant), page, store))
            .RequirePermission(Permission.ReadFleet).CommonToSites().WithName("listProfileTemplates").WithSummary("Templates of charging profiles by id");
        templates.MapGet(OfSite, (Caller caller, string site, [AsParameters] PageRequest page, ConfigurationStore store) => ListAt(caller.Site(site), page, store))
            .RequirePermission(Permission.ReadFleet).WithName("listSiteProfileTemplates").WithSummary("The templates that hold at a site: its own, and the tenant's");

        templates.MapGet($"{OfTenant}/{{template}}", (Caller caller, string template, HttpContext http, ConfigurationStore store) => Get(SiteId.None(caller.Tenant), template, http, store))
            .RequirePermission(Permission.ReadFleet).CommonToSites().WithName("getProfileTemplate").WithSummary("One template of the tenant");
        templates.MapGet($"{OfSite}/{{template}}", (Caller caller, string site, string template, HttpContext http, ConfigurationStore store) => Get(caller.Site(site), template, http, store))
            .RequirePermission(Permission.ReadFleet).WithName("getSiteProfileTemplate").WithSummary("One template of a site's own");

        templates.MapPut($"{OfTenant}/{{template}}", (Caller caller, string template, ProfileTemplateInput body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, ConfigurationStore store) =>
                Put(SiteId.None(caller.Tenant), template, body, ifMatch, http, store))
            .RequirePermission(Permission.WriteFleet).Replaces().WithName("putProfileTemplate")
            .WithSummary("Create or replace a template of the tenant").WithDescription(Standing);
        templates.MapPut($"{OfSite}/{{template}}", (Caller caller, string site, string template, ProfileTemplateInput body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, ConfigurationStore store) =>
                Put(caller.Site(site), template, body, ifMatch, http, store))
            .RequirePermission(Permission.WriteFleet).Replaces().WithName("putSiteProfileTemplate")
            .WithSummary("Create or replace a template of a site, in place of the tenant's of that id").WithDescription(Standing);

        templates.MapDelete($"{OfTenant}/{{template}}", (Caller caller, string template, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store) =>
                Delete(SiteId.None(caller.Tenant), template, ifMatch, store))
            .RequirePermission(Permission.WriteFleet).WithName("deleteProfileTemplate").WithSummary("Delete a template of the tenant").WithDescription(Standing);
        templates.MapDelete($"{OfSite}/{{template}}", (Caller caller, string site, string template, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store) =>
                Delete(caller.Site(site), template, ifMatch, store))
            .RequirePermission(Permission.WriteFleet).WithName("deleteSiteProfileTemplate")
            .WithSummary("Delete a template of a site: the tenant's holds again").WithDescription(Standing);
    }

    private static Task<Page<ProfileTemplateView>> List(SiteId scope, PageRequest page, ConfigurationStore store) =>
        page.Read("profile-templates", (after, limit) => store.ProfileTemplates(scope, after, limit), row => row.Value.Template, row => ProfileTemplateView.Of(row.Value));

    private static async Task<Page<ProfileTemplateView>> ListAt(SiteId site, PageRequest page, ConfigurationStore store)
    {
        _ = await store.Site(site) ?? throw ApiFault.NotFound("There is no such site.");
        return await page.Read("site-profile-templates", Holding, row => row.Template, ProfileTemplateView.Of);

        async Task<IReadOnlyList<ProfileTemplate>> Holding(string? after, int limit) =>
        [
            .. (await store.ProfileTemplates(SiteId.None(site.Tenant), after, limit)).Concat(await store.ProfileTemplates(site, after, limit))
                .GroupBy(row => row.Value.Template, (_, same) => same.Last().Value)
                .OrderBy(template => template.Template, StringComparer.Ordinal).Take(limit),
        ];
    }

    private static async Task<Ok<ProfileTemplateView>> Get(SiteId scope, string template, HttpContext http, ConfigurationStore store)
    {
        var found = await store.ProfileTemplate(scope, Id(template)) ?? throw ApiFault.NotFound("There is no such template.");
        return RowVersions.Answer(http, ProfileTemplateView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<ProfileTemplateView>, Created<ProfileTemplateView>>> Put(
        SiteId scope, string template, ProfileTemplateInput body, string? ifMatch, HttpContext http, ConfigurationStore store)
    {
        var configuration = body.Checked(scope, Id(template));
        var written = await store.PutProfileTemplate(configuration, RowVersions.Expected(ifMatch));
        return written.Outcome is WriteOutcome.MissingReference
            ? throw ApiFault.NotFound("There is no such site.")
            : RowVersions.Put(http, RowVersions.Ensure(written), ProfileTemplateView.Of(configuration));
    }

    private static async Task<NoContent> Delete(SiteId scope, string template, string? ifMatch, ConfigurationStore store) =>
        RowVersions.Deleted(await store.DeleteProfileTemplate(scope, Id(template), RowVersions.Expected(ifMatch)), "template");

    private static string Id(string template) =>
        ProfileTemplateInput.IsId(template) ? template : throw ApiFault.BadRequest("template", ProfileTemplateInput.IdGrammar);
}

/// <summary>A template as it is put.</summary>
/// <param name="Template">May repeat the id in the path.</param>
/// <param name="Name">For people, 1 to 200 characters; the id by default.</param>
/// <param name="Site">Of documents: the site that keeps it for itself; null for one of the tenant. May repeat the site in the path.</param>
public sealed record ProfileTemplateInput(string? Template = null, string? Name = null, ProfileInput? Profile = null, string? Site = null)
{
    internal const string IdGrammar = "must be 1 to 64 printable characters";

    internal static bool IsId(string text) => Ids.IsPrintable(text, 64);

    internal ProfileTemplate Checked(SiteId scope, string id)
    {
        new Checks()
            .Name(Template, id, "template")
            .Text(Name, "name", 200)
            .That(Profile is not null, "profile", "must be there")
            .That(Site is null || Site == scope.Name, "site", "must be the site in the path")
            .ThrowIfAny();
        return new ProfileTemplate(scope, id, Name ?? id, Profile!.Checked("profile."));
    }
}
