using EvCharge.Domain.Identity;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    /// <summary>Finds whose secret this is, in any tenant: the tenant comes from the identity. Expired ones are found too.</summary>
    public Task<(TenantId Tenant, CredentialConfiguration Credential)?> Credential(byte[] secretHash) =>
        engine.Read<(TenantId, CredentialConfiguration)?>(async tables =>
        {
            var rows = await tables.Ask<CredentialRow>(ConfigurationQueries.CredentialOfSecret, ("secret_hash", secretHash));
            return rows is [var row] ? (new TenantId(row.TenantId), Read(row)) : null;
        });

    /// <summary>Credentials of a kind by id, those after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<CredentialConfiguration>> Credentials(TenantId tenant, string kind, string? after, int limit) =>
        engine.Read<IReadOnlyList<CredentialConfiguration>>(async tables =>
        {
            var rows = await tables.Credentials
                .Where(row => row.TenantId == tenant.Value && row.Kind == kind && row.CredentialId.IsAfter(after ?? ""))
                .OrderBy(row => row.CredentialId)
                .Take(limit)
                .ToListAsync();
            return [.. rows.Select(Read)];
        });

    /// <summary>All credentials of a kind that somebody has, the oldest first.</summary>
    public Task<IReadOnlyList<CredentialConfiguration>> CredentialsOf(TenantId tenant, string kind, string principal) =>
        engine.Read<IReadOnlyList<CredentialConfiguration>>(async tables =>
        {
            var rows = await tables.Credentials
                .Where(row => row.TenantId == tenant.Value && row.Kind == kind && row.Principal == principal)
                .OrderBy(row => row.CreatedAt)
                .ToListAsync();
            return [.. rows.Select(Read)];
        });

    /// <summary>Stores a new credential, and clears those of the tenant that had expired when it was made.</summary>
    public Task AddCredential(TenantId tenant, CredentialConfiguration credential) => engine.Write(write =>
    {
        write.Tables.Credentials.Delete(row => row.TenantId == tenant.Value && row.ExpiresAt < credential.CreatedAt);

        // Ids are random: one that is stored already is this one, by a commit whose answer was lost.
        if (write.Tables.Credentials.Any(row => row.TenantId == tenant.Value && row.CredentialId == credential.Id))
        {
            return 0;
        }

        return write.Tables.Insert(new CredentialRow
        {
            TenantId = tenant.Value,
            CredentialId = credential.Id,
            Kind = credential.Kind,
            SecretHash = credential.SecretHash,
            Principal = credential.Principal,
            Role = credential.Role,
            PlatformAdministrator = credential.PlatformAdministrator,
            Permissions = TextOf(credential.Permissions),
            Sites = TextOf(credential.Sites),
            Description = credential.Description,
            CreatedAt = credential.CreatedAt,
            ExpiresAt = credential.ExpiresAt,
        });
    });

    public Task<bool> DeleteCredential(TenantId tenant, string id) => engine.Write(write =>
        write.Tables.Credentials.Delete(row => row.TenantId == tenant.Value && row.CredentialId == id) == 1);

    private static CredentialConfiguration Read(CredentialRow row) => new(
        row.CredentialId,
        row.Kind,
        row.SecretHash,
        row.Principal,
        row.Role,
        row.PlatformAdministrator,
        row.Description,
        row.CreatedAt,
        row.ExpiresAt)
    {
        Permissions = NamesOf(row.Permissions),
        Sites = NamesOf(row.Sites),
    };
}
