using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.ChargingProfiles;

/// <summary>The library of charging profiles that those of chargers are made from.</summary>
internal static class ProfileTemplatesApi
{
    private const string List = "profile-templates";

    public static void MapProfileTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/profile-templates").WithTags("Charging profiles");
        templates.MapGet("", Page).RequirePermission(Permission.ReadFleet)
            .WithName("listProfileTemplates").WithSummary("Templates of charging profiles by id");
        templates.MapGet("/{template}", Get).RequirePermission(Permission.ReadFleet)
            .WithName("getProfileTemplate").WithSummary("One template");
        templates.MapPut("/{template}", Put).RequirePermission(Permission.WriteFleet).Replaces()
            .WithName("putProfileTemplate").WithSummary("Create or replace a template")
            .WithDescription("Profiles that were made from it before stay as they are.");
        templates.MapDelete("/{template}", Delete).RequirePermission(Permission.WriteFleet)
            .WithName("deleteProfileTemplate").WithSummary("Delete a template")
            .WithDescription("Profiles that were made from it stay as they are.");
    }

    private static Task<Page<ProfileTemplateView>> Page(Caller caller, [AsParameters] PageRequest page, ConfigurationStore store) =>
        page.Read(
            List,
            (after, limit) => store.ProfileTemplates(caller.Tenant, after, limit),
            row => row.Value.Template,
            row => ProfileTemplateView.Of(row.Value));

    private static async Task<Ok<ProfileTemplateView>> Get(Caller caller, string template, HttpContext http, ConfigurationStore store)
    {
        var found = await store.ProfileTemplate(caller.Tenant, Id(template)) ?? throw ApiFault.NotFound("There is no such template.");
        return RowVersions.Answer(http, ProfileTemplateView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<ProfileTemplateView>, Created<ProfileTemplateView>>> Put(
        Caller caller,
        string template,
        ProfileTemplateInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store)
    {
        var configuration = body.Checked(Id(template));
        var written = RowVersions.Ensure(await store.PutProfileTemplate(caller.Tenant, configuration, RowVersions.Expected(ifMatch)));
        return RowVersions.Put(http, written, ProfileTemplateView.Of(configuration));
    }

    private static async Task<NoContent> Delete(
        Caller caller, string template, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store) =>
        RowVersions.Deleted(await store.DeleteProfileTemplate(caller.Tenant, Id(template), RowVersions.Expected(ifMatch)), "template");

    private static string Id(string template) =>
        ProfileTemplateInput.IsId(template) ? template : throw ApiFault.BadRequest("template", ProfileTemplateInput.IdGrammar);
}

/// <summary>A template as it is put.</summary>
/// <param name="Template">May repeat the id in the path.</param>
/// <param name="Name">For people, 1 to 200 characters; the id by default.</param>
public sealed record ProfileTemplateInput(string? Template = null, string? Name = null, ProfileInput? Profile = null)
{
    internal const string IdGrammar = "must be 1 to 64 printable characters";

    internal static bool IsId(string text) => Ids.IsPrintable(text, 64);

    internal ProfileTemplate Checked(string id)
    {
        new Checks().Name(Template, id, "template").Text(Name, "name", 200).That(Profile is not null, "profile", "must be there").ThrowIfAny();
        return new ProfileTemplate(id, Name ?? id, Profile!.Checked("profile."));
    }
}
