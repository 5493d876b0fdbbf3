using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Api;

/// <summary>Configured things that a request names.</summary>
internal static class Configuration
{
    /// <summary>A charger of the caller's tenant.</summary>
    /// <exception cref="ApiFault">404 when there is none of that name.</exception>
    public static async Task<(ChargerId Id, ChargerConfiguration Configuration)> Charger(ConfigurationStore store, Caller caller, string charger)
    {
        var id = caller.Charger(charger);
        return (id, (await store.Charger(id) ?? throw ApiFault.NotFound("There is no such charger.")).Value);
    }

    /// <exception cref="ApiFault">422 naming the member when the caller's tenant has no such site, or the caller does not see it.</exception>
    public static async Task EnsureSite(ConfigurationStore store, Caller caller, string? site, string field)
    {
        if (site is null)
        {
            return;
        }

        if (!SiteId.TryParse(caller.Tenant, site, out var id) || !caller.Scope.Covers(site) || await store.Site(id) is null)
        {
            throw ApiFault.Invalid(field, "is not a site");
        }
    }

    /// <exception cref="ApiFault">422 when the charger names an operating mode that neither its site nor its tenant has.</exception>
    public static async Task EnsureOperatingMode(ConfigurationStore store, Caller caller, ChargerInput charger)
    {
        if (charger.OperatingModeOfLibrary is { } mode && await store.OperatingModeAt(new SiteId(caller.Tenant, charger.Site ?? ""), mode) is null)
        {
            throw ApiFault.Invalid("operatingMode", ChargerParameters.NoSuchMode);
        }
    }
}
