using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.ChargingProfiles;

/// <summary>The charging profiles that a charger should hold, and those that it does.</summary>
internal static class ChargerProfilesApi
{
    public static void MapChargerProfiles(this IEndpointRouteBuilder api)
    {
        var profiles = api.MapGroup("/chargers/{charger}/profiles").WithTags("Charging profiles");
        profiles.MapGet("", All).RequirePermission(Permission.ReadFleet)
            .WithName("listChargerProfiles").WithSummary("A charger's profiles by id, as desired and as it took them")
            .WithDescription("Profiles of one transaction are left out. POST …/calls/GetCompositeSchedule asks what follows from all of them.");
        profiles.MapPut("/{profile:int}", Put).RequirePermission(Permission.SendCalls)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("putChargerProfile").WithSummary("Say which profile a charger is to hold")
            .WithDescription(
                "It is sent at once, again after each boot, and whenever it was replaced or removed and the charger comes back. 409 "
                + "managed: the charger's site gives it its limits. 409 rival: another profile of the charger has the same connector, purpose and stack level, or there are too many.");
        profiles.MapDelete("/{profile:int}", Delete).RequirePermission(Permission.SendCalls)
            .WithName("deleteChargerProfile").WithSummary("Have a charger remove a profile")
            .WithDescription("It stays in the list, with removing set, until the charger has been told.");
    }

    private static async Task<Page<InstalledProfileView>> All(
        Caller caller, string charger, bool? differs, ConfigurationStore store, ProfileStore profiles)
    {
        var (id, _) = await Configuration.Charger(store, caller, charger);
        var found = (await profiles.Profiles(id)).Where(profile => differs is null || profile.Differs == differs);
        return new Page<InstalledProfileView>([.. found.Select(InstalledProfileView.Of)], null);
    }

    private static async Task<Accepted<InstalledProfileView>> Put(
        Caller caller, string charger, int profile, DesiredProfile body, ConfigurationStore store, ProfileStore profiles, Owners owners)
    {
        var (id, configuration) = await Configuration.Charger(store, caller, charger);
        var content = await Content(configuration.Site is { } site ? caller.Site(site) : SiteId.None(caller.Tenant), body, store);
        new Checks()
            .Range(profile, "profile", ProfileRules.LowestId, ProfileRules.HighestId)
            .That(
                body.Connector == 0 || configuration.Connectors.Any(each => each.Connector == body.Connector),
                "connector",
                "must be a connector of the charger, or 0")
            .That(ProfileRules.Fits(content.Purpose, body.Connector), "connector", "must be 0 for a ChargePointMaxProfile")
            .ThrowIfAny();
        EnsureMay(caller, content);
        await EnsureNotManaged(caller, configuration.Site, store);
        var desired = await profiles.Desire(id, profile, body.Connector, content, body.Template)
            ?? throw ApiFault.Conflict(
                "rival",
                $"Another profile has the same connector, purpose and stack level, or there are {ProfileStore.MostProfiles} already.");
        await owners.ChargerChanged(id);
        return TypedResults.Accepted($"/api/v1/chargers/{charger}/profiles", InstalledProfileView.Of(desired));
    }

    /// <summary>Of two profiles a forgotten one may hold: who shares a site's power is alone in it.</summary>
    private static async Task EnsureNotManaged(Caller caller, string? site, ConfigurationStore store)
    {
        if (site is not null && (await store.Site(caller.Site(site)))?.Value is { } configured
            && StoredJson.Read<SmartCharging>(configured.SmartCharging) is { Enabled: true })
        {
            throw ApiFault.Conflict("managed", "The charger's site gives it its limits: a profile of anybody else might outrank them.");
        }
    }

    private static async Task<NoContent> Delete(
        Caller caller, string charger, int profile, ConfigurationStore store, ProfileStore profiles, Owners owners)
    {
        var (id, _) = await Configuration.Charger(store, caller, charger);
        var known = (await profiles.Profiles(id)).FirstOrDefault(each => each.Id == profile)
            ?? throw ApiFault.NotFound("There is no such profile.");
        EnsureMay(caller, known.Desired ?? known.Held);
        await profiles.Release(id, profile);
        await owners.ChargerChanged(id);
        return TypedResults.NoContent();
    }

    private static async Task<ProfileContent> Content(SiteId site, DesiredProfile body, ConfigurationStore store)
    {
        new Checks().That((body.Template is null) != (body.Profile is null), "profile", "must be there, or else template, and not both").ThrowIfAny();
        return body.Template is { } template
            ? (await store.ProfileTemplateAt(site, template) ?? throw ApiFault.Invalid("template", "is not a template")).Profile
            : body.Profile!.Checked("profile.");
    }

    /// <summary>What a charger may take from the grid is not a matter of daily work, as with calls.</summary>
    private static void EnsureMay(Caller caller, ProfileContent? content)
    {
        if (content?.Purpose == ProfilePurpose.ChargePointMax && !caller.Has(Permission.SendAnyCall))
        {
            throw new ApiFault(StatusCodes.Status403Forbidden, "forbidden", "Your role does not allow a ChargePointMaxProfile.");
        }
    }
}

/// <summary>A profile that a charger is to hold: a template's, or one of its own.</summary>
/// <param name="Connector">0, the default, for the charger as a whole.</param>
/// <param name="Template">Its profile as it is now; that of the charger's site before that of the tenant.</param>
public sealed record DesiredProfile(int Connector = 0, string? Template = null, ProfileInput? Profile = null);
