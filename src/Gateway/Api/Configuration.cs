using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Api;

/// <summary>References from one configured thing to another.</summary>
internal static class Configuration
{
    /// <exception cref="ApiFault">422 naming the member when the caller's tenant has no such site.</exception>
    public static async Task EnsureSite(ConfigurationStore store, Caller caller, string? site, string field)
    {
        if (site is null)
        {
            return;
        }

        if (!SiteId.TryParse(caller.Tenant, site, out var id) || await store.Site(id) is null)
        {
            throw ApiFault.Invalid(field, "is not a site");
        }
    }
}
