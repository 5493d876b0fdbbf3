using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

/// <summary>A charging profile to make others from.</summary>
/// <param name="Scope">The site that keeps it for itself; <see cref="SiteId.None"/> for one of the tenant.</param>
public sealed record ProfileTemplate(SiteId Scope, string Template, string Name, ProfileContent Profile);

public sealed partial class ConfigurationStore
{
    public Task<Versioned<ProfileTemplate>?> ProfileTemplate(SiteId scope, string template) => engine.Read(async tables =>
        await TemplatesOf(tables, scope).FirstOrDefaultAsync(found => found.Template == template) is { } found ? Read(scope, found) : null);

    /// <summary>The template that holds at a site, or at none, under an id: the site's own, or else the tenant's.</summary>
    public async Task<ProfileTemplate?> ProfileTemplateAt(SiteId site, string template) =>
        ((site.IsNone ? null : await ProfileTemplate(site, template)) ?? await ProfileTemplate(SiteId.None(site.Tenant), template))?.Value;

    /// <summary>Templates of a site or of a tenant itself by id, those after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<Versioned<ProfileTemplate>>> ProfileTemplates(SiteId scope, string? after, int limit) =>
        engine.Read<IReadOnlyList<Versioned<ProfileTemplate>>>(async tables => (await TemplatesOf(tables, scope)
            .Where(found => found.Template.IsAfter(after ?? ""))
            .OrderBy(found => found.Template)
            .Take(limit)
            .ToListAsync())
            .ConvertAll(found => Read(scope, found)));

    /// <summary>What all sites of a tenant keep for themselves, by site and id.</summary>
    public Task<IReadOnlyList<Versioned<ProfileTemplate>>> SiteProfileTemplates(TenantId tenant) =>
        engine.Read<IReadOnlyList<Versioned<ProfileTemplate>>>(async tables => (await tables.SiteProfileTemplates
            .Where(row => row.TenantId == tenant.Value)
            .OrderBy(row => row.SiteId).ThenBy(row => row.TemplateId)
            .ToListAsync())
            .ConvertAll(row => new Versioned<ProfileTemplate>(
                new ProfileTemplate(new SiteId(tenant, row.SiteId), row.TemplateId, row.Name, ProfileText.Read(row.Profile)), row.RowVersion)));

    /// <summary>A site of a template must exist.</summary>
    public Task<WriteResult> PutProfileTemplate(ProfileTemplate template, long? expected) =>
        Change(template.Scope.Tenant, Putting(template, expected));

    /// <summary>Deletes a template. Profiles that were made from it stay as they are.</summary>
    public Task<WriteResult> DeleteProfileTemplate(SiteId scope, string template, long? expected) =>
        Change(scope.Tenant, Deleting(scope, template, expected));

    private static Step Putting(ProfileTemplate template, long? expected) => new(PathOfTemplate(template.Scope, template.Template), SubjectOf(template.Scope, template.Template), write =>
    {
        var (scope, id, tables) = (template.Scope, template.Template, write.Tables);
        if (!scope.IsNone && VersionOf(tables, scope) is null)
        {
            return WriteResult.MissingReference;
        }

        var text = ProfileText.Write(template.Profile);
        ProfileTemplateRow OfTenant(long version) => new()
        {
            TenantId = scope.Tenant.Value, TemplateId = id, Name = template.Name, Profile = text, RowVersion = version,
        };
        SiteProfileTemplateRow OfSite(long version) => new()
        {
            TenantId = scope.Tenant.Value, SiteId = scope.Name, TemplateId = id, Name = template.Name, Profile = text, RowVersion = version,
        };
        int Insert(long version) => scope.IsNone ? tables.Insert(OfTenant(version)) : tables.Insert(OfSite(version));
        int Update(long version) => scope.IsNone ? tables.Update(OfTenant(version)) : tables.Update(OfSite(version));
        return write.Put(scope.Tenant, VersionOfTemplate(tables, scope, id), expected, version => Insert(version), version => Update(version));
    });

    private static Step Deleting(SiteId scope, string template, long? expected) => new(PathOfTemplate(scope, template), SubjectOf(scope, template), write =>
        Versioning.Delete(VersionOfTemplate(write.Tables, scope, template), expected, () =>
        {
            if (scope.IsNone)
            {
                write.Tables.ProfileTemplates.Delete(row => row.TenantId == scope.Tenant.Value && row.TemplateId == template);
            }
            else
            {
                write.Tables.SiteProfileTemplates.Delete(row =>
                    row.TenantId == scope.Tenant.Value && row.SiteId == scope.Name && row.TemplateId == template);
            }
        }));

    private static void DeleteTemplatesOf(HistoryTables tables, SiteId site) =>
        tables.SiteProfileTemplates.Delete(row => row.TenantId == site.Tenant.Value && row.SiteId == site.Name);

    private static IQueryable<FoundTemplate> TemplatesOf(HistoryTables tables, SiteId scope) => scope.IsNone
        ? tables.ProfileTemplates.Where(row => row.TenantId == scope.Tenant.Value)
            .Select(row => new FoundTemplate { Template = row.TemplateId, Name = row.Name, Profile = row.Profile, RowVersion = row.RowVersion })
        : tables.SiteProfileTemplates.Where(row => row.TenantId == scope.Tenant.Value && row.SiteId == scope.Name)
            .Select(row => new FoundTemplate { Template = row.TemplateId, Name = row.Name, Profile = row.Profile, RowVersion = row.RowVersion });

    private static string PathOfTemplate(SiteId scope, string template) =>
        scope.IsNone ? $"profile-templates/{template}" : $"sites/{scope.Name}/profile-templates/{template}";

    private static AuditSubject SubjectOf(SiteId scope, string template) => scope.IsNone
        ? AuditSubject.Of<ProfileTemplateRow>(row => row.TenantId == scope.Tenant.Value && row.TemplateId == template)
        : AuditSubject.Of<SiteProfileTemplateRow>(row =>
            row.TenantId == scope.Tenant.Value && row.SiteId == scope.Name && row.TemplateId == template);

    private static long? VersionOfTemplate(HistoryTables tables, SiteId scope, string template) =>
        TemplatesOf(tables, scope).Where(found => found.Template == template).Select(found => (long?)found.RowVersion).FirstOrDefault();

    private static Versioned<ProfileTemplate> Read(SiteId scope, FoundTemplate found) =>
        new(new ProfileTemplate(scope, found.Template, found.Name, ProfileText.Read(found.Profile)), found.RowVersion);

    private sealed class FoundTemplate
    {
        public required string Template { get; init; }

        public required string Name { get; init; }

        public required string Profile { get; init; }

        public required long RowVersion { get; init; }
    }
}
