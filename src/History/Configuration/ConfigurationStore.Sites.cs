using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    public Task<Versioned<SiteConfiguration>?> Site(SiteId site) => engine.Read(async tables =>
        Read(await tables.Sites.FirstOrDefaultAsync(row => row.TenantId == site.Tenant.Value && row.SiteId == site.Name)));

    /// <summary>Sites by name, those after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<Versioned<SiteConfiguration>>> Sites(SiteScope scope, string? after, int limit) =>
        engine.Read<IReadOnlyList<Versioned<SiteConfiguration>>>(async tables =>
        {
            var sites = tables.Sites.Where(row => row.TenantId == scope.Tenant.Value && row.SiteId.IsAfter(after ?? ""));
            sites = scope.Sites is { } some ? sites.Where(row => some.Contains(row.SiteId)) : sites;
            var rows = await sites.OrderBy(row => row.SiteId).Take(limit).ToListAsync();
            return [.. rows.Select(row => Read(row)!)];
        });

    public Task<WriteResult> PutSite(TenantId tenant, SiteConfiguration site, long? expected) => Change(tenant, Putting(tenant, site, expected));

    /// <summary>Deletes a site that no charger is configured into; vehicles at home there are at home nowhere.</summary>
    public Task<WriteResult> DeleteSite(SiteId site, long? expected) => Change(site.Tenant, Deleting(site, expected));

    private static Step Putting(TenantId tenant, SiteConfiguration site, long? expected) => new($"sites/{site.Site}", SubjectOf(new SiteId(tenant, site.Site)), write =>
    {
        SiteRow Row(long version) => new()
        {
            TenantId = tenant.Value,
            SiteId = site.Site,
            Name = site.Name,
            TimeZone = site.TimeZone,
            EnergyUnit = site.EnergyUnit,
            LimitValue = site.Limit,
            Tree = site.Tree,
            SmartCharging = site.SmartCharging,
            RowVersion = version,
        };
        return write.Put(
            tenant,
            VersionOf(write.Tables, new SiteId(tenant, site.Site)),
            expected,
            version => write.Tables.Insert(Row(version)),
            version => write.Tables.Update(Row(version)));
    });

    private static Step Deleting(SiteId site, long? expected) => new($"sites/{site.Name}", SubjectOf(site), write =>
    {
        var (tables, tenant) = (write.Tables, site.Tenant.Value);
        if (tables.Chargers.Any(row => row.TenantId == tenant && row.SiteId == site.Name))
        {
            return WriteResult.InUse;
        }

        return Versioning.Delete(VersionOf(tables, site), expected, () =>
        {
            var version = write.NextVersion(site.Tenant);
            tables.Vehicles
                .Where(row => row.TenantId == tenant && row.SiteId == site.Name)
                .Set(row => row.SiteId, (string?)null)
                .Set(row => row.RowVersion, version)
                .Update();
            DeleteTakeover(tables, TakeoverScope.Of(site));
            DeleteExternal(tables, site);
            ModesOf(tables, site).Delete();
            DeleteTemplatesOf(tables, site);
            tables.Sites.Delete(row => row.TenantId == tenant && row.SiteId == site.Name);
        });
    });

    private static AuditSubject SubjectOf(SiteId site) =>
        AuditSubject.Of<SiteRow>(row => row.TenantId == site.Tenant.Value && row.SiteId == site.Name);

    private static long? VersionOf(HistoryTables tables, SiteId site) => tables.Sites
        .Where(row => row.TenantId == site.Tenant.Value && row.SiteId == site.Name)
        .Select(row => (long?)row.RowVersion)
        .FirstOrDefault();

    /// <summary>True when no site is named, or one that exists.</summary>
    private static bool SiteStands(HistoryTables tables, TenantId tenant, string? site) =>
        site is null || VersionOf(tables, new SiteId(tenant, site)) is not null;

    private static Versioned<SiteConfiguration>? Read(SiteRow? row) => row is null ? null : new Versioned<SiteConfiguration>(
        new SiteConfiguration(row.SiteId, row.Name, row.TimeZone, row.EnergyUnit, row.LimitValue, row.Tree, row.SmartCharging),
        row.RowVersion);
}
