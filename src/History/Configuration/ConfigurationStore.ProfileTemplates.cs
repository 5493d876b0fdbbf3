using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    public Task<Versioned<ProfileTemplate>?> ProfileTemplate(TenantId tenant, string template) => engine.Read(async tables =>
        await tables.ProfileTemplates.FirstOrDefaultAsync(row => row.TenantId == tenant.Value && row.TemplateId == template) is { } row
            ? Read(row)
            : null);

    /// <summary>Templates by id, those after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<Versioned<ProfileTemplate>>> ProfileTemplates(TenantId tenant, string? after, int limit) =>
        engine.Read<IReadOnlyList<Versioned<ProfileTemplate>>>(async tables => (await tables.ProfileTemplates
            .Where(row => row.TenantId == tenant.Value && row.TemplateId.IsAfter(after ?? ""))
            .OrderBy(row => row.TemplateId)
            .Take(limit)
            .ToListAsync())
            .ConvertAll(Read));

    public Task<WriteResult> PutProfileTemplate(TenantId tenant, ProfileTemplate template, long? expected) =>
        Change(tenant, Putting(tenant, template, expected));

    /// <summary>Deletes a template. Profiles that were made from it stay as they are.</summary>
    public Task<WriteResult> DeleteProfileTemplate(TenantId tenant, string template, long? expected) =>
        Change(tenant, Deleting(tenant, template, expected));

    private static Step Putting(TenantId tenant, ProfileTemplate template, long? expected) => new($"profile-templates/{template.Template}", SubjectOf(tenant, template.Template), write =>
    {
        ProfileTemplateRow Row(long version) => new()
        {
            TenantId = tenant.Value,
            TemplateId = template.Template,
            Name = template.Name,
            Profile = ProfileText.Write(template.Profile),
            RowVersion = version,
        };
        return write.Put(
            tenant,
            VersionOfTemplate(write.Tables, tenant, template.Template),
            expected,
            version => write.Tables.Insert(Row(version)),
            version => write.Tables.Update(Row(version)));
    });

    private static Step Deleting(TenantId tenant, string template, long? expected) => new($"profile-templates/{template}", SubjectOf(tenant, template), write =>
        Versioning.Delete(VersionOfTemplate(write.Tables, tenant, template), expected, () =>
            write.Tables.ProfileTemplates.Delete(row => row.TenantId == tenant.Value && row.TemplateId == template)));

    private static AuditSubject SubjectOf(TenantId tenant, string template) =>
        AuditSubject.Of<ProfileTemplateRow>(row => row.TenantId == tenant.Value && row.TemplateId == template);

    private static long? VersionOfTemplate(HistoryTables tables, TenantId tenant, string template) => tables.ProfileTemplates
        .Where(row => row.TenantId == tenant.Value && row.TemplateId == template)
        .Select(row => (long?)row.RowVersion)
        .FirstOrDefault();

    private static Versioned<ProfileTemplate> Read(ProfileTemplateRow row) =>
        new(new ProfileTemplate(row.TemplateId, row.Name, ProfileText.Read(row.Profile)), row.RowVersion);
}
