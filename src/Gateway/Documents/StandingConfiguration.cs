using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Documents;

/// <summary>What is configured now, each thing with its version: of a tenant, or of one site.</summary>
/// <param name="OperatingModes">Those that chargers may name.</param>
internal sealed record StandingConfiguration(
    SortedDictionary<string, Versioned<SiteConfiguration>> Sites,
    SortedDictionary<string, Versioned<ChargerConfiguration>> Chargers,
    SortedDictionary<string, Versioned<ProfileTemplate>> ProfileTemplates,
    IReadOnlySet<(string Site, string Mode)> OperatingModes)
{
    private const int PageSize = 1_000;

    /// <summary>Another as soon as one thing is another; the document's ETag.</summary>
    public string Version()
    {
        var text = new StringBuilder();
        Add(Sites, row => row.RowVersion);
        Add(Chargers, row => row.RowVersion);
        Add(ProfileTemplates, row => row.RowVersion);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];

        void Add<T>(SortedDictionary<string, T> things, Func<T, long> version)
        {
            foreach (var (id, thing) in things)
            {
                text.Append(CultureInfo.InvariantCulture, $"{id} {version(thing)}\n");
            }

            text.Append('\n');
        }
    }

    public static async Task<StandingConfiguration> Of(TenantId tenant, ConfigurationStore store, FleetQueries fleet) => new(
        Keyed(await All((after, limit) => store.Sites(tenant, after, limit), row => row.Value.Site), row => row.Value.Site),
        await ReadChargers(tenant, null, fleet),
        Keyed(await All((after, limit) => store.ProfileTemplates(tenant, after, limit), row => row.Value.Template), row => row.Value.Template),
        await store.OperatingModeNames(tenant));

    /// <summary>Null when there is no such site.</summary>
    public static async Task<StandingConfiguration?> Of(SiteId site, ConfigurationStore store, FleetQueries fleet) =>
        await store.Site(site) is { } found
            ? new(Keyed([found], row => row.Value.Site), await ReadChargers(site.Tenant, site.Name, fleet),
                Keyed<Versioned<ProfileTemplate>>([], _ => ""),
                await store.OperatingModeNames(site.Tenant))
            : null;

    private static async Task<SortedDictionary<string, Versioned<ChargerConfiguration>>> ReadChargers(TenantId tenant, string? site, FleetQueries fleet)
    {
        var found = await All((after, limit) => fleet.Chargers(tenant, site, after, limit), row => row.Configuration.Value.Charger);
        return Keyed(found.Select(row => row.Configuration), row => row.Value.Charger);
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

    private static SortedDictionary<string, T> Keyed<T>(IEnumerable<T> things, Func<T, string> key) =>
        new(things.ToDictionary(key, StringComparer.Ordinal), StringComparer.Ordinal);
}
