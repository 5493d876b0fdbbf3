using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Documents;

/// <summary>A document of one site says nothing of what is outside of it.</summary>
internal static class SiteDocument
{
    /// <summary>The document with its chargers in the site, which need not say so.</summary>
    /// <param name="standing">The site as it is: whoever is not in it is looked for elsewhere.</param>
    /// <exception cref="ApiFault">422 when it names another site, a charger of another one, or what belongs to the tenant.</exception>
    public static async Task<ConfigurationDocument> Within(
        SiteId site, ConfigurationDocument document, StandingConfiguration standing, ConfigurationStore store)
    {
        bool IsNew(ChargerInput? charger) => charger?.Charger is { } name && !standing.Chargers.ContainsKey(name);
        new Checks()
            .That(document.Chargers?.Count(IsNew) is not > ConfigurationDocument.MaxChanges, "", ConfigurationDocument.TooManyChanges)
            .ThrowIfAny();
        var checks = new Checks()
            .That(document.ProfileTemplates is null, "profileTemplates", "are of the tenant, not of a site")
            .That(document.Sites is null || (document.Sites is [{ Site: { } name }] && name == site.Name), "sites", "must be the site in the path alone");
        var chargers = document.Chargers?.ToList();
        for (var place = 0; place < chargers?.Count; place++)
        {
            var charger = chargers[place];
            if (charger is null)
            {
                continue; // refused as every entry without a name is
            }

            checks.That(charger.Site is null || charger.Site == site.Name, $"chargers[{place}].site", "must be the site in the path");
            if (IsNew(charger) && ChargerId.TryParse(site.Tenant, charger.Charger, out var id))
            {
                checks.That(await store.Charger(id) is null, $"chargers[{place}].charger", "is a charger of another site, or of none");
            }

            chargers[place] = charger with { Site = site.Name };
        }

        checks.ThrowIfAny();
        return document with { Chargers = chargers };
    }
}
