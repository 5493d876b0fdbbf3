using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.ChargingProfiles;
using EvCharge.Gateway.OperatingModes;
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
            Compare("sites", wanted.Sites, standing.Sites, site => Name(site.Site), Checked, DocumentText.Of),
            Compare("chargers", wanted.Chargers, standing.Chargers, charger => Name(charger.Charger), Checked, DocumentText.Of),
            Compare("operatingModes", wanted.OperatingModes, standing.OperatingModes, mode => Name(mode.Mode, mode.Site), Checked, DocumentText.Of),
            Compare("profileTemplates", wanted.ProfileTemplates, standing.ProfileTemplates, template => Name(template.Template, template.Site), Checked, DocumentText.Of));
        var places = new DocumentPlaces(wanted, standing, _checks);
        places.EnsureSites();
        places.EnsureOperatingModes();
        _checks.That(Edits.Count <= ConfigurationDocument.MaxChanges, "", ConfigurationDocument.TooManyChanges);
        _checks.ThrowIfAny();
    }

    public ConfigurationEdits Edits { get; }

    public ConfigurationDifference Difference(bool applied) => new(applied, _changes);

    private List<ConfigurationEdit<T>> Compare<TInput, T>(
        string kind,
        IReadOnlyList<TInput>? wanted,
        SortedDictionary<DocumentName, Versioned<T>> standing,
        Func<TInput, DocumentName?> nameOf,
        Func<TInput, DocumentName, T?, T> check,
        Func<T, JsonElement> show)
        where T : class
    {
        var edits = new List<ConfigurationEdit<T>>();
        if (wanted is null)
        {
            return edits;
        }

        var seen = new HashSet<DocumentName>();
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
                edits.Add(Edit(name, before?.RowVersion ?? ConfigurationStore.Absent, after));
                _changes.Add(new ConfigurationDifferenceEntry(kind, name.Id, SiteOf(name), before is null ? "create" : "update", members));
            }
        }

        foreach (var (name, gone) in standing.Where(thing => !seen.Contains(thing.Key)))
        {
            edits.Add(Edit<T>(name, gone.RowVersion, null));
            _changes.Add(new ConfigurationDifferenceEntry(kind, name.Id, SiteOf(name), "delete", []));
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

    private SiteConfiguration Checked(SiteInput site, DocumentName name, SiteConfiguration? known) =>
        SiteId.TryParse(_tenant, name.Id, out var id) ? site.Checked(id) : throw ApiFault.Invalid("site", Ids.SiteGrammar);

    private ChargerConfiguration Checked(ChargerInput charger, DocumentName name, ChargerConfiguration? known) =>
        ChargerId.TryParse(_tenant, name.Id, out var id) ? charger.Checked(id, known) : throw ApiFault.Invalid("charger", Ids.ChargerGrammar);

    private ProfileTemplate Checked(ProfileTemplateInput template, DocumentName name, ProfileTemplate? known) =>
        ProfileTemplateInput.IsId(name.Id) ? template.Checked(Scope(name), name.Id) : throw ApiFault.Invalid("template", ProfileTemplateInput.IdGrammar);

    private OperatingModeConfiguration Checked(OperatingModeInput mode, DocumentName name, OperatingModeConfiguration? known) =>
        SiteId.TryParse(_tenant, name.Id, out _) ? mode.Checked(Scope(name), name.Id) : throw ApiFault.Invalid("mode", Ids.SiteGrammar);

    private SiteId Scope(DocumentName name) => name.Site.Length == 0 ? SiteId.None(_tenant)
        : SiteId.TryParse(_tenant, name.Site, out var site) ? site
        : throw ApiFault.Invalid("site", Ids.SiteGrammar);

    private static DocumentName? Name(string? id, string? site = null) => id is null ? null : new DocumentName(id, site ?? "");

    private static string? SiteOf(DocumentName name) => name.Site.Length == 0 ? null : name.Site;

    private static ConfigurationEdit<T> Edit<T>(DocumentName name, long version, T? value)
        where T : class => new(name.Id, version, value, SiteOf(name));

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
