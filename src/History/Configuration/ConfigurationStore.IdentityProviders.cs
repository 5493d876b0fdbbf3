using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

/// <summary>Who else may say who somebody is.</summary>
public sealed partial class ConfigurationStore
{
    public const int MostIdentityProviders = 10;

    /// <summary>All of a tenant, by name.</summary>
    public Task<IReadOnlyList<Versioned<IdentityProviderConfiguration>>> IdentityProviders(TenantId tenant) =>
        engine.Read<IReadOnlyList<Versioned<IdentityProviderConfiguration>>>(async tables =>
            (await tables.IdentityProviders.Where(row => row.TenantId == tenant.Value).OrderBy(row => row.ProviderId).ToListAsync()).ConvertAll(Read));

    public Task<Versioned<IdentityProviderConfiguration>?> IdentityProvider(TenantId tenant, string provider) => engine.Read(async tables =>
        await tables.IdentityProviders.FirstOrDefaultAsync(row => row.TenantId == tenant.Value && row.ProviderId == provider) is { } row ? Read(row) : null);

    /// <summary>
    /// Quota exceeded beyond <see cref="MostIdentityProviders"/>; in use where another issuer is to stand for the one whose people are
    /// known, since the same subject may be somebody else there.
    /// </summary>
    public Task<WriteResult> PutIdentityProvider(TenantId tenant, IdentityProviderConfiguration provider, long? expected) =>
        Change(tenant, PathOfProvider(provider.Provider), ProviderOf(tenant, provider.Provider), write =>
        {
            var current = write.Tables.IdentityProviders.FirstOrDefault(row => row.TenantId == tenant.Value && row.ProviderId == provider.Provider);
            if (current is null && write.Tables.IdentityProviders.Count(row => row.TenantId == tenant.Value) >= MostIdentityProviders)
            {
                return WriteResult.QuotaExceeded;
            }

            if (current is not null && current.Issuer != provider.Issuer)
            {
                return WriteResult.InUse;
            }

            return write.Put(
                tenant,
                current?.RowVersion,
                expected,
                version => write.Tables.Insert(RowOf(tenant, provider, version)),
                version => write.Tables.Update(RowOf(tenant, provider, version)));
        });

    /// <summary>Its people stay as users, known by it no longer.</summary>
    public Task<WriteResult> DeleteIdentityProvider(TenantId tenant, string provider, long? expected) =>
        Change(tenant, PathOfProvider(provider), ProviderOf(tenant, provider), write => Versioning.Delete(
            write.Tables.IdentityProviders
                .Where(row => row.TenantId == tenant.Value && row.ProviderId == provider).Select(row => (long?)row.RowVersion).FirstOrDefault(),
            expected,
            () =>
            {
                write.Tables.IdentityProviders.Delete(row => row.TenantId == tenant.Value && row.ProviderId == provider);
                write.Tables.Users
                    .Where(row => row.TenantId == tenant.Value && row.ProviderId == provider)
                    .Set(row => row.ProviderId, (string?)null)
                    .Set(row => row.Subject, (string?)null)
                    .Update();
            }));

    /// <summary>The user that somebody of a provider is.</summary>
    public Task<Versioned<UserConfiguration>?> UserBy(TenantId tenant, OutsideIdentity identity) => engine.Read(async tables => Read(
        await tables.Users.FirstOrDefaultAsync(row =>
            row.TenantId == tenant.Value && row.ProviderId == identity.Provider && row.Subject == identity.Subject)));

    /// <summary>Names of the users whom a provider knows.</summary>
    public Task<IReadOnlyList<string>> UsersOf(TenantId tenant, string provider) => engine.Read<IReadOnlyList<string>>(async tables =>
        await tables.Users.Where(row => row.TenantId == tenant.Value && row.ProviderId == provider).Select(row => row.Username).ToListAsync());

    private static string PathOfProvider(string provider) => $"identity-providers/{provider}";

    private static AuditSubject ProviderOf(TenantId tenant, string provider) =>
        AuditSubject.Of<IdentityProviderRow>(row => row.TenantId == tenant.Value && row.ProviderId == provider);

    /// <summary>True where a provider gives the role to its people.</summary>
    private static bool IsGiven(HistoryTables tables, TenantId tenant, string role) =>
        tables.IdentityProviders.Where(row => row.TenantId == tenant.Value).AsEnumerable().Select(Read)
            .Any(provider => provider.Value.DefaultRole == role || provider.Value.Roles.Any(one => one.Role == role));

    private static IdentityProviderRow RowOf(TenantId tenant, IdentityProviderConfiguration provider, long version) => new()
    {
        TenantId = tenant.Value,
        ProviderId = provider.Provider,
        Name = provider.Name,
        Issuer = provider.Issuer,
        ClientId = provider.ClientId,
        ClientSecret = provider.ClientSecret,
        Scopes = provider.Scopes,
        UsernameClaim = provider.UsernameClaim,
        RoleClaim = provider.RoleClaim,
        Roles = JsonSerializer.Serialize(provider.Roles),
        DefaultRole = provider.DefaultRole,
        Disabled = provider.Disabled,
        RowVersion = version,
    };

    private static Versioned<IdentityProviderConfiguration> Read(IdentityProviderRow row) => new(
        new IdentityProviderConfiguration(
            row.ProviderId, row.Name, row.Issuer, row.ClientId, row.ClientSecret, row.Scopes, row.UsernameClaim, row.RoleClaim,
            JsonSerializer.Deserialize<ClaimedRole[]>(row.Roles)!, row.DefaultRole, row.Disabled),
        row.RowVersion);
}
