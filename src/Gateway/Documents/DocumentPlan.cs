using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.ChargingProfiles;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Documents;

/// <summary>What a document asks for beside what stands: the changes that lead there, and how they look to people.</summary>
internal sealed class DocumentPlan
{
    private readonly TenantId _tenant;
    private readonly Checks _checks = new();
    private readonly List<ConfigurationDifferenceEntry> _changes = [];

    /// <exception cref="ApiFault">422 naming the members at fault, the first hundred of them.</exception>
    public DocumentPlan(TenantId tenant, ConfigurationDocument wanted, StandingConfiguration standing)
    {
        _tenant = tenant;
        _checks.That(
            (wanted.Chargers ?? []).Count(charger => charger?.Password is not null) <= ConfigurationDocument.MaxPasswords,
            "chargers",
            $"may bring {ConfigurationDocument.MaxPasswords} passwords at most");
        _checks.ThrowIfAny();
        Edits = new ConfigurationEdits(
            Compare("sites", wanted.Sites, standing.Sites, site => site.Site, Checked, DocumentText.Of),
            Compare("chargers", wanted.Chargers, standing.Chargers, charger => charger.Charger, Checked, DocumentText.Of),
            Compare("profileTemplates", wanted.ProfileTemplates, standing.ProfileTemplates, template => template.Template, Checked, DocumentText.Of));
        EnsureSites(wanted, standing);
        EnsureOperatingModes(wanted, standing);
        _checks.That(Edits.Count <= ConfigurationDocument.MaxChanges, "", ConfigurationDocument.TooManyChanges);
        _checks.ThrowIfAny();
    }

    public ConfigurationEdits Edits { get; }

    public ConfigurationDifference Difference(bool applied) => new(applied, _changes);

    private List<ConfigurationEdit<T>> Compare<TInput, T>(
        string kind,
        IReadOnlyList<TInput>? wanted,
        SortedDictionary<string, Versioned<T>> standing,
        Func<TInput, string?> nameOf,
        Func<TInput, string, T?, T> check,
        Func<T, JsonElement> show)
        where T : class
    {
        var edits = new List<ConfigurationEdit<T>>();
        if (wanted is null)
        {
            return edits;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var place = 0; place < wanted.Count; place++)
        {
            var path = $"{kind}[{place}]";
            if (wanted[place] is not { } input || nameOf(input) is not { } name)
            {
                _checks.That(false, path, "must name what it is");
                continue;
            }

            _checks.That(seen.Add(name), path, "is there twice");
            var before = standing.GetValueOrDefault(name);
            if (Try(path, () => check(input, name, before?.Value)) is not { } after)
            {
                continue;
            }

            var members = MembersChanged(before?.Value, after, show);
            if (before is null || members.Count > 0)
            {
                edits.Add(new ConfigurationEdit<T>(name, before?.RowVersion ?? ConfigurationStore.Absent, after));
                _changes.Add(new ConfigurationDifferenceEntry(kind, name, before is null ? "create" : "update", members));
            }
        }

        foreach (var (name, gone) in standing.Where(thing => !seen.Contains(thing.Key)))
        {
            edits.Add(new ConfigurationEdit<T>(name, gone.RowVersion, null));
            _changes.Add(new ConfigurationDifferenceEntry(kind, name, "delete", []));
        }

        return edits;
    }

    private static List<MemberDifference> MembersChanged<T>(T? before, T after, Func<T, JsonElement> show)
        where T : class
    {
        var members = MemberDifference.Between(before is null ? null : show(before), show(after)).ToList();
        if (after is ChargerConfiguration { PasswordHash: { } hash } && hash != (before as ChargerConfiguration)?.PasswordHash)
        {
            members.Add(new MemberDifference("password", null, null));
        }

        return members;
    }

    private SiteConfiguration Checked(SiteInput site, string name, SiteConfiguration? known) =>
        SiteId.TryParse(_tenant, name, out var id) ? site.Checked(id) : throw ApiFault.Invalid("site", Ids.SiteGrammar);

    private ChargerConfiguration Checked(ChargerInput charger, string name, ChargerConfiguration? known) =>
        ChargerId.TryParse(_tenant, name, out var id) ? charger.Checked(id, known) : throw ApiFault.Invalid("charger", Ids.ChargerGrammar);

    private static ProfileTemplate Checked(ProfileTemplateInput template, string name, ProfileTemplate? known) =>
        ProfileTemplateInput.IsId(name) ? template.Checked(name) : throw ApiFault.Invalid("template", ProfileTemplateInput.IdGrammar);

    /// <summary>Chargers are in sites that are there afterwards.</summary>
    private void EnsureSites(ConfigurationDocument wanted, StandingConfiguration standing)
    {
        var sites = (wanted.Sites?.Select(site => site?.Site) ?? standing.Sites.Keys).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var place = 0; place < wanted.Chargers?.Count; place++)
        {
            _checks.That(wanted.Chargers[place]?.Site is not { } site || sites.Contains(site), $"chargers[{place}].site", "is not a site");
        }

        if (wanted.Chargers is null)
        {
            foreach (var used in standing.Chargers.Values.Select(row => row.Value.Site).OfType<string>().Distinct().Where(site => !sites.Contains(site)))
            {
                _checks.That(false, "sites", $"{used} is left out, but has chargers");
            }
        }
    }

    private void EnsureOperatingModes(ConfigurationDocument wanted, StandingConfiguration standing)
    {
        for (var place = 0; place < wanted.Chargers?.Count; place++)
        {
            var charger = wanted.Chargers[place];
            _checks.That(
                charger?.OperatingModeOfLibrary is not { } mode
                    || standing.OperatingModes.Contains(("", mode)) || standing.OperatingModes.Contains((charger.Site ?? "", mode)),
                $"chargers[{place}].operatingMode",
                ChargerParameters.NoSuchMode);
        }
    }

    private T? Try<T>(string path, Func<T> check)
        where T : class
    {
        try
        {
            return check();
        }
        catch (ApiFault fault) when (fault.Errors is not null)
        {
            foreach (var (field, rules) in fault.Errors)
            {
                _checks.That(false, $"{path}.{field}", rules[0]);
            }

            return null;
        }
    }
}
