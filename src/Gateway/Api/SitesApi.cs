using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Allocation;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace EvCharge.Gateway.Api;

/// <summary>Sites: chargers behind one grid connection.</summary>
internal static class SitesApi
{
    private const string List = "sites";

    public static void MapSites(this IEndpointRouteBuilder api)
    {
        var sites = api.MapGroup("/sites").WithTags("Sites");
        sites.MapGet("", Page).RequirePermission(Permission.ReadFleet).NarrowedToSites()
            .WithName("listSites").WithSummary("Sites by name");
        sites.MapGet("/{site}", Get).RequirePermission(Permission.ReadFleet)
            .WithName("getSite").WithSummary("One site");
        sites.MapPut("/{site}", Put).RequirePermission(Permission.WriteFleet).Replaces()
            .WithName("putSite").WithSummary("Create or replace a site");
        sites.MapDelete("/{site}", Delete).RequirePermission(Permission.WriteFleet)
            .WithName("deleteSite").WithSummary("Delete a site that no charger uses");
    }

    private static Task<Page<SiteView>> Page(Caller caller, [AsParameters] PageRequest page, ConfigurationStore store) =>
        page.Read(
            List,
            (after, limit) => store.Sites(caller.Scope, after, limit),
            row => row.Value.Site,
            row => SiteView.Of(row.Value));

    private static async Task<Ok<SiteView>> Get(Caller caller, string site, HttpContext http, ConfigurationStore store)
    {
        var found = await store.Site(caller.Site(site)) ?? throw ApiFault.NotFound("There is no such site.");
        return RowVersions.Answer(http, SiteView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<SiteView>, Created<SiteView>>> Put(
        Caller caller,
        string site,
        SiteInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        Owners owners)
    {
        var id = caller.Site(site);
        var configuration = body.Checked(id);
        var written = RowVersions.Ensure(await store.PutSite(caller.Tenant, configuration, RowVersions.Expected(ifMatch)));
        await owners.SiteChanged(id);
        return RowVersions.Put(http, written, SiteView.Of(configuration));
    }

    private static async Task<NoContent> Delete(
        Caller caller, string site, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store) =>
        RowVersions.Deleted(await store.DeleteSite(caller.Site(site), RowVersions.Expected(ifMatch)), "site");
}

/// <summary>A site as it is put.</summary>
/// <param name="Site">May repeat the name in the path.</param>
/// <param name="Name">For people, 1 to 200 characters; the site's own name by default.</param>
/// <param name="TimeZone">IANA zone, <c>Europe/Paris</c>; UTC by default.</param>
/// <param name="EnergyUnit">A or W: the unit of limits. A by default.</param>
/// <param name="Limit">A per phase or W in total; null for none.</param>
/// <param name="Tree">The limit tree below the grid connection, a JSON object; null for none.</param>
public sealed record SiteInput(
    string? Site = null,
    string? Name = null,
    string? TimeZone = null,
    string? EnergyUnit = null,
    double? Limit = null,
    JsonElement? Tree = null,
    SmartCharging? SmartCharging = null)
{
    /// <summary>A per phase or W in total.</summary>
    internal const double HighestLimit = 100_000_000;

    /// <summary>With less no vehicle charges (IEC 61851-1): 6 A, and that on one phase of 230 V.</summary>
    private const double LeastCurrent = 6;
    private const double LeastPower = 1_380;

    private static readonly string[] Units = ["A", "W"];

    internal SiteConfiguration Checked(SiteId id)
    {
        var zone = TimeZone ?? "UTC";
        var checks = new Checks()
            .Name(Site, id.Name, "site")
            .Text(Name, "name", 200)
            .That(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null, "timeZone", "must be a zone of the IANA database")
            .OneOf(EnergyUnit, "energyUnit", Units)
            .Range(Limit, "limit", 0, HighestLimit)
            .That(
                SmartCharging?.Enabled is not true || !(Limit < (EnergyUnit == "W" ? LeastPower : LeastCurrent)),
                "limit",
                "is less than a vehicle needs to charge: 6 A, or 1380 W");
        SmartCharging?.Check(checks, "smartCharging");
        foreach (var (field, rule) in SiteTree.Faults(Tree))
        {
            checks.That(false, field, rule);
        }
        checks.ThrowIfAny();
        return new SiteConfiguration(
            id.Name, Name ?? id.Name, zone, EnergyUnit ?? "A", Limit, Tree?.GetRawText(), StoredJson.Write(SmartCharging));
    }
}

/// <summary>A site. Members as in <see cref="SiteInput"/>.</summary>
public sealed record SiteView(
    string Site,
    string Name,
    string TimeZone,
    string EnergyUnit,
    double? Limit,
    JsonElement? Tree,
    SmartCharging? SmartCharging)
{
    internal static SiteView Of(SiteConfiguration site) => new(
        site.Site, site.Name, site.TimeZone, site.EnergyUnit, site.Limit,
        StoredJson.Element(site.Tree), StoredJson.Read<SmartCharging>(site.SmartCharging));
}
