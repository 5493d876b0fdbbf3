using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Security;

/// <summary>
/// Whether a caller who sees some sites only may have to do with what a request names. A charger belongs to the site that it stands at
/// now; one that stands at none is for those who see all.
/// </summary>
public sealed class SiteAccess(ConfigurationStore store)
{
    private const string Charger = "charger";
    private const string Site = "site";

    /// <summary>Decides by the charger or the site in the path, unless the endpoint does so itself; without either it must have said what it is.</summary>
    /// <returns>Null when the request may go on, else why not.</returns>
    internal async Task<string?> Refuse(HttpContext http, SiteScope scope)
    {
        SiteRule[] rules = [.. http.GetEndpoint()?.Metadata.OfType<SiteRule>() ?? []];
        if (scope.Sites is null || rules.Contains(SiteRule.Narrowed))
        {
            return null;
        }

        var (charger, site) = (http.GetRouteValue(Charger) as string, http.GetRouteValue(Site) as string);
        return (charger, site) switch
        {
            (not null, _) => await Covers(scope, charger) ? null : AccessRefusal.NoSuchCharger,
            (_, not null) => scope.Covers(site) ? null : AccessRefusal.NoSuchSite,
            _ => rules.Contains(SiteRule.Common) ? null : AccessRefusal.OtherSites,
        };
    }

    public async Task<bool> Covers(SiteScope scope, ChargerId charger) => scope.Sites is null || scope.Covers((await store.Charger(charger))?.Value.Site);

    /// <exception cref="ApiFault">404, as for a charger that is nowhere.</exception>
    public async Task Ensure(Caller caller, ChargerId charger)
    {
        if (!await Covers(caller.Scope, charger))
        {
            throw ApiFault.NotFound("There is no such charger.");
        }
    }

    private async Task<bool> Covers(SiteScope scope, string charger) => ChargerId.TryParse(scope.Tenant, charger, out var id) && await Covers(scope, id);
}
