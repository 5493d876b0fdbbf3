using EvCharge.Domain.Identity;
using EvCharge.Domain.Proxy;
using EvCharge.History.Audit;
using EvCharge.History.Engines;
using EvCharge.History.Proxy;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

/// <summary>The systems that chargers are relayed to.</summary>
public sealed partial class ConfigurationStore
{
    /// <summary>Links of one charger. Each keeps a queue of its own of all that the charger says.</summary>
    public const int MostProxyLinks = 8;

    /// <summary>The links of a charger, by name.</summary>
    public Task<IReadOnlyList<Versioned<ProxyLinkConfiguration>>> ProxyLinks(ChargerId charger) =>
        engine.Read<IReadOnlyList<Versioned<ProxyLinkConfiguration>>>(async tables =>
            (await LinksOf(tables, charger).OrderBy(row => row.LinkId).ToListAsync()).ConvertAll(Read));

    public Task<Versioned<ProxyLinkConfiguration>?> ProxyLink(ProxyLinkId link) => engine.Read(async tables =>
        await LinksOf(tables, link.Charger).FirstOrDefaultAsync(row => row.LinkId == link.Name) is { } row ? Read(row) : null);

    /// <summary>
    /// Not found without the charger; quota exceeded beyond <see cref="MostProxyLinks"/>; in use while another link of the charger
    /// decides on its tags and this one is to.
    /// </summary>
    public Task<WriteResult> PutProxyLink(ProxyLinkConfiguration link, long? expected) =>
        Change(link.Id.Charger.Tenant, PathOf(link.Id), SubjectOf(link.Id), write =>
        {
            var charger = link.Id.Charger;
            if (VersionOf(write.Tables, charger) is null)
            {
                return WriteResult.NotFound;
            }

            var current = VersionOf(write.Tables, link.Id);
            if (current is null && LinksOf(write.Tables, charger).Count() >= MostProxyLinks)
            {
                return WriteResult.QuotaExceeded;
            }

            if (link.Authorizes && LinksOf(write.Tables, charger).Any(row => row.Authorizes && row.LinkId != link.Id.Name))
            {
                return WriteResult.InUse;
            }

            ProxyLinkRow Row(long version) => new()
            {
                TenantId = charger.Tenant.Value,
                ChargerId = charger.Name,
                LinkId = link.Id.Name,
                Url = link.Url,
                Identity = link.Identity,
                Role = link.Role.ToString(),
                StopOnDeny = link.StopOnDeny,
                Authorizes = link.Authorizes,
                Fallback = link.Fallback,
                Password = link.Password,
                RowVersion = version,
            };
            var result = write.Put(
                charger.Tenant,
                current,
                expected,
                version => write.Tables.Insert(Row(version)),
                version => write.Tables.Update(Row(version)));
            NameLinks(write, charger);
            return result;
        });

    /// <summary>Deletes a link with all that waits for its system.</summary>
    public Task<WriteResult> DeleteProxyLink(ProxyLinkId link, long? expected) =>
        Change(link.Charger.Tenant, PathOf(link), SubjectOf(link), write => Versioning.Delete(VersionOf(write.Tables, link), expected, () =>
        {
            var (tenant, charger) = (link.Charger.Tenant.Value, link.Charger.Name);
            LinksOf(write.Tables, link.Charger).Where(row => row.LinkId == link.Name).Delete();
            write.Tables.ProxyMessages.Delete(row => row.TenantId == tenant && row.ChargerId == charger && row.LinkId == link.Name);
            write.Tables.ProxyTransactions.Delete(row => row.TenantId == tenant && row.ChargerId == charger && row.LinkId == link.Name);
            NameLinks(write, link.Charger);
        }));

    private static string PathOf(ProxyLinkId link) => $"chargers/{link.Charger.Name}/proxy-links/{link.Name}";

    private static AuditSubject SubjectOf(ProxyLinkId link) => AuditSubject.Of<ProxyLinkRow>(row =>
        row.TenantId == link.Charger.Tenant.Value && row.ChargerId == link.Charger.Name && row.LinkId == link.Name);

    /// <summary>The charger's row names its links: whoever serves it reads that row anyway.</summary>
    private static void NameLinks(HistoryWrite write, ChargerId charger)
    {
        var names = LinksOf(write.Tables, charger).OrderBy(row => row.LinkId).Select(row => row.LinkId).ToList();
        var text = names.Count == 0 ? null : string.Join(Between, names);
        write.Tables.Chargers
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name)
            .Set(row => row.ProxyLinks, text)
            .Update();
    }

    private static void ForgetProxyLinks(HistoryTables tables, ChargerId charger)
    {
        var (tenant, name) = (charger.Tenant.Value, charger.Name);
        tables.ProxyLinks.Delete(row => row.TenantId == tenant && row.ChargerId == name);
        tables.ProxyMessages.Delete(row => row.TenantId == tenant && row.ChargerId == name);
        tables.ProxyTransactions.Delete(row => row.TenantId == tenant && row.ChargerId == name);
    }

    private static IQueryable<ProxyLinkRow> LinksOf(HistoryTables tables, ChargerId charger) =>
        tables.ProxyLinks.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);

    private static long? VersionOf(HistoryTables tables, ProxyLinkId link) => LinksOf(tables, link.Charger)
        .Where(row => row.LinkId == link.Name)
        .Select(row => (long?)row.RowVersion)
        .FirstOrDefault();

    private static Versioned<ProxyLinkConfiguration> Read(ProxyLinkRow row) => new(
        new ProxyLinkConfiguration(
            new ProxyLinkId(new ChargerId(new TenantId(row.TenantId), row.ChargerId), row.LinkId),
            row.Url, row.Identity, Enum.Parse<ProxyRole>(row.Role), row.StopOnDeny, row.Password)
        {
            Authorizes = row.Authorizes,
            Fallback = row.Fallback,
        },
        row.RowVersion);
}
