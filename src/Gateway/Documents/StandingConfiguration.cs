using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Documents;

/// <summary>A name in a document.</summary>
/// <param name="Id">In its tenant, or in the site that keeps it for itself.</param>
/// <param name="Site">Empty for what is the tenant's.</param>
internal readonly record struct DocumentName(string Id, string Site = "") : IComparable<DocumentName>
{
    public int CompareTo(DocumentName other) =>
        (string.CompareOrdinal(Site, other.Site), string.CompareOrdinal(Id, other.Id)) switch
        {
            (0, var ids) => ids,
            var (sites, _) => sites,
        };
}

/// <summary>What is configured now, each thing with its version: of a tenant, or of one site.</summary>
/// <param name="ModeNames">Operating modes that chargers may name, those of the tenant also where only a site is looked at.</param>
internal sealed record StandingConfiguration(
    SortedDictionary<DocumentName, Versioned<SiteConfiguration>> Sites,
    SortedDictionary<DocumentName, Versioned<ChargerConfiguration>> Chargers,
    SortedDictionary<DocumentName, Versioned<ProfileTemplate>> ProfileTemplates,
    SortedDictionary<DocumentName, Versioned<OperatingModeConfiguration>> OperatingModes,
    IReadOnlySet<DocumentName> ModeNames)
{
    private const int PageSize = 1_000;

    /// <summary>Another as soon as one thing is another; the document's ETag.</summary>
    public string Version()
    {
        var text = new StringBuilder();
        Add(Sites, row => row.RowVersion);
        Add(Chargers, row => row.RowVersion);
        Add(ProfileTemplates, row => row.RowVersion);
        Add(OperatingModes, row => row.RowVersion);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];

        void Add<T>(SortedDictionary<DocumentName, T> things, Func<T, long> version)
        {
            foreach (var (name, thing) in things)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name.Site}\t{name.Id}\t{version(thing)}\n");
            }

            text.Append('\n');
        }
    }

    public static async Task<StandingConfiguration> Of(TenantId tenant, ConfigurationStore store, FleetQueries fleet)
    {
        var modes = await store.OperatingModes(tenant);
        return new(
            Keyed(await All((after, limit) => store.Sites(SiteScope.All(tenant), after, limit), row => row.Value.Site), row => new(row.Value.Site)),
            await ReadChargers(tenant, null, fleet),
            Keyed([.. await Templates(SiteId.None(tenant), store), .. await store.SiteProfileTemplates(tenant)], NameOf),
            Keyed(modes, NameOf),
            modes.Select(NameOf).ToHashSet());
    }

    /// <summary>Null when there is no such site.</summary>
    public static async Task<StandingConfiguration?> Of(SiteId site, ConfigurationStore store, FleetQueries fleet)
    {
        if (await store.Site(site) is not { } found)
        {
            return null;
        }

        var modes = await store.OperatingModes(site.Tenant);
        return new(
            Keyed([found], row => new(row.Value.Site)),
            await ReadChargers(site.Tenant, site.Name, fleet),
            Keyed(await Templates(site, store), NameOf),
            Keyed(modes.Where(mode => mode.Value.Scope == site), NameOf),
            modes.Select(NameOf).ToHashSet());
    }

    private static DocumentName NameOf(Versioned<ProfileTemplate> row) => new(row.Value.Template, row.Value.Scope.Name);

    private static DocumentName NameOf(Versioned<OperatingModeConfiguration> row) => new(row.Value.Mode, row.Value.Scope.Name);

    private static Task<List<Versioned<ProfileTemplate>>> Templates(SiteId scope, ConfigurationStore store) =>
        All((after, limit) => store.ProfileTemplates(scope, after, limit), row => row.Value.Template);

    private static async Task<SortedDictionary<DocumentName, Versioned<ChargerConfiguration>>> ReadChargers(TenantId tenant, string? site, FleetQueries fleet)
    {
        var found = await All((after, limit) => fleet.Chargers(SiteScope.All(tenant), site, after, limit), row => row.Configuration.Value.Charger);
        return Keyed(found.Select(row => row.Configuration), row => new(row.Value.Charger));
    }

    private static async Task<List<T>> All<T>(Func<string?, int, Task<IReadOnlyList<T>>> read, Func<T, string> key)
    {
        var all = new List<T>();
        IReadOnlyList<T> page;
        do
        {
            page = await read(all.Count == 0 ? null : key(all[^1]), PageSize);
            all.AddRange(page);
        }
        while (page.Count == PageSize);
        return all;
    }

    private static SortedDictionary<DocumentName, T> Keyed<T>(IEnumerable<T> things, Func<T, DocumentName> key) => new(things.ToDictionary(key));
}
