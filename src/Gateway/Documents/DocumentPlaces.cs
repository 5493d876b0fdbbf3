using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Documents;

/// <summary>Whether the things of a document lead to others that are there when it is applied.</summary>
internal sealed class DocumentPlaces(ConfigurationDocument wanted, StandingConfiguration standing, Checks checks)
{
    private readonly HashSet<string> _sites = [.. wanted.Sites?.Select(site => site?.Site).OfType<string>() ?? standing.Sites.Keys.Select(name => name.Id)];

    /// <summary>Chargers, modes and templates are in sites that are there afterwards.</summary>
    public void EnsureSites()
    {
        EnsureThere("chargers", wanted.Chargers, charger => charger.Site);
        EnsureThere("operatingModes", wanted.OperatingModes, mode => mode.Site);
        EnsureThere("profileTemplates", wanted.ProfileTemplates, template => template.Site);
        if (wanted.Chargers is null)
        {
            foreach (var used in standing.Chargers.Values.Select(row => row.Value.Site).OfType<string>().Distinct().Where(site => !_sites.Contains(site)))
            {
                checks.That(false, "sites", $"{used} is left out, but has chargers");
            }
        }
    }

    /// <summary>Chargers name modes that are there afterwards, and no site has more modes than it may.</summary>
    public void EnsureOperatingModes()
    {
        var modes = wanted.OperatingModes is null
            ? standing.ModeNames
            : standing.ModeNames.Except(standing.OperatingModes.Keys)
                .Concat(wanted.OperatingModes.Where(mode => mode?.Mode is not null).Select(mode => new DocumentName(mode.Mode!, mode.Site ?? ""))).ToHashSet();
        checks.That(
            modes.GroupBy(mode => mode.Site).All(of => of.Count() <= ConfigurationStore.MostOperatingModes),
            "operatingModes",
            $"are more than {ConfigurationStore.MostOperatingModes} of one site, or of the tenant");
        bool Holds(string? site, string mode) => modes.Contains(new(mode)) || modes.Contains(new(mode, site ?? ""));
        for (var place = 0; place < wanted.Chargers?.Count; place++)
        {
            var charger = wanted.Chargers[place];
            checks.That(
                charger?.OperatingModeOfLibrary is not { } mode || Holds(charger.Site, mode), $"chargers[{place}].operatingMode", ChargerParameters.NoSuchMode);
        }

        if (wanted.Chargers is null && wanted.OperatingModes is not null)
        {
            foreach (var charger in standing.Chargers.Values.Select(row => row.Value))
            {
                checks.That(
                    StoredJson.Read<ChargerInput>(charger.Parameters)?.OperatingModeOfLibrary is not { } mode || Holds(charger.Site, mode),
                    "operatingModes",
                    $"leave out what {charger.Charger} names");
            }
        }
    }

    private void EnsureThere<T>(string kind, IReadOnlyList<T>? things, Func<T, string?> siteOf)
        where T : class
    {
        for (var place = 0; place < things?.Count; place++)
        {
            checks.That(things[place] is not { } thing || siteOf(thing) is not { } site || _sites.Contains(site), $"{kind}[{place}].site", "is not a site");
        }
    }
}
