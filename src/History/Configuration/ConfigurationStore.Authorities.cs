using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Tables;
using LinqToDB;

namespace EvCharge.History.Configuration;

/// <summary>Who decides on tags: takeovers of sites and chargers, and the endpoints of sites.</summary>
public sealed partial class ConfigurationStore
{
    /// <summary>All that says who decides on the tags of the charger.</summary>
    /// <param name="site">Name of its site; empty for none.</param>
    public Task<AuthorityConfiguration> Authorities(ChargerId charger, string site) => engine.Read(async tables =>
    {
        var tenant = charger.Tenant.Value;
        var takeovers = await tables.Ask<TakeoverRow>(
            ConfigurationQueries.TakeoversOfCharger, ("tenant", tenant), ("charger", charger.Name), ("site", site));
        var endpoints = await tables.Ask<ExternalAuthorizationRow>(
            ConfigurationQueries.ExternalAuthorization, ("tenant", tenant), ("site", site));
        return new AuthorityConfiguration(
            Of(takeovers, TakeoverScope.Charger)?.Value.Takeover,
            Of(takeovers, TakeoverScope.Site)?.Value.Takeover,
            endpoints is [var row] ? Read(row) : null);
    });

    /// <summary>The takeover that was set last, also when its time is over.</summary>
    public Task<Versioned<TakeoverConfiguration>?> Takeover(TakeoverScope scope) => engine.Read(async tables =>
        Of(await tables.Ask<TakeoverRow>(
            ConfigurationQueries.Takeover, ("tenant", scope.Tenant.Value), ("scope", scope.Kind), ("name", scope.Name)), scope.Kind));

    /// <summary>Not found without the charger or site.</summary>
    public Task<WriteResult> PutTakeover(TakeoverScope scope, TakeoverConfiguration takeover, long? expected) => Change(
        scope.Tenant, PathOf(scope), SubjectOf(scope), write =>
    {
        var stands = scope.Kind == TakeoverScope.Site
            ? VersionOf(write.Tables, new SiteId(scope.Tenant, scope.Name)) is not null
            : VersionOf(write.Tables, new ChargerId(scope.Tenant, scope.Name)) is not null;
        if (!stands)
        {
            return WriteResult.NotFound;
        }

        TakeoverRow Row(long version) => new()
        {
            TenantId = scope.Tenant.Value,
            Scope = scope.Kind,
            Name = scope.Name,
            Mode = takeover.Takeover.Kind.ToString(),
            Until = takeover.Takeover.Until,
            DeadlineSeconds = (int)takeover.Takeover.Deadline.TotalSeconds,
            OnTimeout = takeover.Takeover.OnTimeout,
            SetBy = takeover.SetBy,
            SetAt = takeover.SetAt,
            RowVersion = version,
        };
        return write.Put(
            scope.Tenant,
            VersionOf(write.Tables, scope),
            expected,
            version => write.Tables.Insert(Row(version)),
            version => write.Tables.Update(Row(version)));
    });

    public Task<WriteResult> DeleteTakeover(TakeoverScope scope, long? expected) => Change(
        scope.Tenant, PathOf(scope), SubjectOf(scope), write =>
        Versioning.Delete(VersionOf(write.Tables, scope), expected, () => DeleteTakeover(write.Tables, scope)));

    public Task<Versioned<ExternalAuthorizationConfiguration>?> ExternalAuthorization(SiteId site) => engine.Read(async tables =>
        await tables.Ask<ExternalAuthorizationRow>(
            ConfigurationQueries.ExternalAuthorization, ("tenant", site.Tenant.Value), ("site", site.Name)) is [var row] ? Read(row) : null);

    /// <summary>Not found without the site.</summary>
    public Task<WriteResult> PutExternalAuthorization(ExternalAuthorizationConfiguration external, long? expected) =>
        Change(external.Site.Tenant, $"sites/{external.Site.Name}/external-authorization", ExternalOf(external.Site), write =>
        {
            var site = external.Site;
            if (VersionOf(write.Tables, site) is null)
            {
                return WriteResult.NotFound;
            }

            ExternalAuthorizationRow Row(long version) => new()
            {
                TenantId = site.Tenant.Value,
                SiteId = site.Name,
                Url = external.Url,
                DeadlineSeconds = (int)external.Deadline.TotalSeconds,
                Fallback = external.Fallback,
                Header = external.Header,
                Secret = external.Secret,
                RowVersion = version,
            };
            return write.Put(
                site.Tenant,
                VersionOfExternal(write.Tables, site),
                expected,
                version => write.Tables.Insert(Row(version)),
                version => write.Tables.Update(Row(version)));
        });

    public Task<WriteResult> DeleteExternalAuthorization(SiteId site, long? expected) => Change(
        site.Tenant, $"sites/{site.Name}/external-authorization", ExternalOf(site), write =>
        Versioning.Delete(VersionOfExternal(write.Tables, site), expected, () => DeleteExternal(write.Tables, site)));

    private static string PathOf(TakeoverScope scope) => $"{scope.Kind}s/{scope.Name}/authorization";

    private static AuditSubject SubjectOf(TakeoverScope scope) => AuditSubject.Of<TakeoverRow>(row =>
        row.TenantId == scope.Tenant.Value && row.Scope == scope.Kind && row.Name == scope.Name);

    private static AuditSubject ExternalOf(SiteId site) =>
        AuditSubject.Of<ExternalAuthorizationRow>(row => row.TenantId == site.Tenant.Value && row.SiteId == site.Name);

    private static void DeleteTakeover(HistoryTables tables, TakeoverScope scope) => tables.Takeovers.Delete(row =>
        row.TenantId == scope.Tenant.Value && row.Scope == scope.Kind && row.Name == scope.Name);

    private static void DeleteExternal(HistoryTables tables, SiteId site) =>
        tables.ExternalAuthorizations.Delete(row => row.TenantId == site.Tenant.Value && row.SiteId == site.Name);

    private static long? VersionOf(HistoryTables tables, TakeoverScope scope) => tables.Takeovers
        .Where(row => row.TenantId == scope.Tenant.Value && row.Scope == scope.Kind && row.Name == scope.Name)
        .Select(row => (long?)row.RowVersion)
        .FirstOrDefault();

    private static long? VersionOfExternal(HistoryTables tables, SiteId site) => tables.ExternalAuthorizations
        .Where(row => row.TenantId == site.Tenant.Value && row.SiteId == site.Name)
        .Select(row => (long?)row.RowVersion)
        .FirstOrDefault();

    private static Versioned<TakeoverConfiguration>? Of(List<TakeoverRow> rows, string scope) =>
        rows.Find(row => row.Scope == scope) is not { } row ? null : new Versioned<TakeoverConfiguration>(
            new TakeoverConfiguration(
                new Takeover(Enum.Parse<AuthorityKind>(row.Mode), row.Until, TimeSpan.FromSeconds(row.DeadlineSeconds), row.OnTimeout),
                row.SetBy,
                row.SetAt),
            row.RowVersion);

    private static Versioned<ExternalAuthorizationConfiguration> Read(ExternalAuthorizationRow row) => new(
        new ExternalAuthorizationConfiguration(
            new SiteId(new TenantId(row.TenantId), row.SiteId), row.Url, TimeSpan.FromSeconds(row.DeadlineSeconds), row.Fallback,
            row.Header, row.Secret),
        row.RowVersion);
}
