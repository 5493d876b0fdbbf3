using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Documents;

/// <summary>A document of one site says nothing of what is outside of it.</summary>
internal static class SiteDocument
{
    /// <summary>The document with its chargers, templates and modes in the site, which need not say so.</summary>
    /// <param name="standing">The site as it is: whoever is not in it is looked for elsewhere.</param>
    /// <exception cref="ApiFault">422 when it names another site, or a charger of another one.</exception>
    public static async Task<ConfigurationDocument> Within(
        SiteId site, ConfigurationDocument document, StandingConfiguration standing, ConfigurationStore store)
    {
        bool IsNew(ChargerInput? charger) => charger?.Charger is { } name && !standing.Chargers.ContainsKey(new(name));
        new Checks()
            .That(document.Chargers?.Count(IsNew) is not > ConfigurationDocument.MaxChanges, "", ConfigurationDocument.TooManyChanges)
            .ThrowIfAny();
        var checks = new Checks()
            .That(document.Sites is null || (document.Sites is [{ Site: { } name }] && name == site.Name), "sites", "must be the site in the path alone");
        var within = document with
        {
            Chargers = Placed(document.Chargers, "chargers", charger => charger.Site, charger => charger with { Site = site.Name }),
            ProfileTemplates = Placed(
                document.ProfileTemplates, "profileTemplates", template => template.Site, template => template with { Site = site.Name }),
            OperatingModes = Placed(document.OperatingModes, "operatingModes", mode => mode.Site, mode => mode with { Site = site.Name }),
        };
        for (var place = 0; place < document.Chargers?.Count; place++)
        {
            var charger = document.Chargers[place];
            if (IsNew(charger) && ChargerId.TryParse(site.Tenant, charger.Charger, out var id))
            {
                checks.That(await store.Charger(id) is null, $"chargers[{place}].charger", "is a charger of another site, or of none");
            }
        }

        checks.ThrowIfAny();
        return within;

        // An entry that is null is refused as every entry without a name is.
        List<T>? Placed<T>(IReadOnlyList<T>? things, string kind, Func<T, string?> siteOf, Func<T, T> place)
            where T : class => things?.Select((thing, index) =>
        {
            checks.That(thing is null || siteOf(thing) is null || siteOf(thing) == site.Name, $"{kind}[{index}].site", "must be the site in the path");
            return thing is null ? null! : place(thing);
        }).ToList();
    }
}
