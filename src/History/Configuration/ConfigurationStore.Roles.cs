using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

/// <summary>A role that a tenant has made beside those that there always are.</summary>
public sealed record CustomRole(string Role, string Description, IReadOnlyList<string> Permissions);

public sealed partial class ConfigurationStore
{
    public Task<Versioned<CustomRole>?> Role(TenantId tenant, string role) => engine.Read(async tables =>
        await tables.CustomRoles.FirstOrDefaultAsync(row => row.TenantId == tenant.Value && row.Role == role) is { } row ? Read(row) : null);

    /// <summary>All roles that the tenant has made, by name.</summary>
    public Task<IReadOnlyList<Versioned<CustomRole>>> Roles(TenantId tenant) => engine.Read<IReadOnlyList<Versioned<CustomRole>>>(async tables =>
    {
        var rows = await tables.CustomRoles.Where(row => row.TenantId == tenant.Value).OrderBy(row => row.Role).ToListAsync();
        return rows.ConvertAll(Read);
    });

    /// <param name="most">How many the tenant may have: quota exceeded beyond.</param>
    public Task<WriteResult> PutRole(TenantId tenant, CustomRole role, int most, long? expected) => Change(tenant, $"roles/{role.Role}", RoleOf(tenant, role.Role), write =>
    {
        CustomRoleRow Row(long version) => new()
        {
            TenantId = tenant.Value,
            Role = role.Role,
            Description = role.Description,
            Permissions = TextOf(role.Permissions),
            RowVersion = version,
        };
        var current = VersionOfRole(write.Tables, tenant, role.Role);
        if (current is null && write.Tables.CustomRoles.Count(row => row.TenantId == tenant.Value) >= most)
        {
            return WriteResult.QuotaExceeded;
        }

        return write.Put(tenant, current, expected, version => write.Tables.Insert(Row(version)), version => write.Tables.Update(Row(version)));
    });

    /// <summary>In use while a user or an API key has it, or an identity provider gives it.</summary>
    public Task<WriteResult> DeleteRole(TenantId tenant, string role, long? expected) => Change(tenant, $"roles/{role}", RoleOf(tenant, role), write =>
    {
        var tables = write.Tables;
        var used = tables.Users.Any(row => row.TenantId == tenant.Value && row.Role == role)
            || tables.Credentials.Any(row => row.TenantId == tenant.Value && row.Role == role)
            || IsGiven(tables, tenant, role);
        return used
            ? WriteResult.InUse
            : Versioning.Delete(
                VersionOfRole(tables, tenant, role), expected,
                () => tables.CustomRoles.Delete(row => row.TenantId == tenant.Value && row.Role == role));
    });

    private static AuditSubject RoleOf(TenantId tenant, string role) =>
        AuditSubject.Of<CustomRoleRow>(row => row.TenantId == tenant.Value && row.Role == role);

    private static long? VersionOfRole(HistoryTables tables, TenantId tenant, string role) => tables.CustomRoles
        .Where(row => row.TenantId == tenant.Value && row.Role == role).Select(row => (long?)row.RowVersion).FirstOrDefault();

    private static Versioned<CustomRole> Read(CustomRoleRow row) =>
        new(new CustomRole(row.Role, row.Description, NamesOf(row.Permissions)), row.RowVersion);
}
