using System.Collections.Frozen;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Caching.Memory;

namespace EvCharge.Gateway.Security;

/// <summary>
/// Finds out who presents a secret. A session takes role and right of access from its user's row, so that a change of
/// either holds within the cache's 5 s on every gateway; an API key carries its own role.
/// </summary>
public sealed class Callers(ConfigurationStore store, RoleBook roles, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _cache = BoundedCache.Of(10_000, time);

    /// <summary>Null when the secret is unknown, expired, or its user may not sign in any more.</summary>
    public async Task<Caller?> Find(string secret)
    {
        var hash = BearerSecret.HashOf(secret);
        var key = Convert.ToHexString(hash);
        if (!_cache.TryGetValue(key, out Bearer? bearer))
        {
            bearer = await Read(hash);
            if (bearer is null)
            {
                return null;
            }

            _cache.Keep(key, bearer, KnownFor);
        }

        return bearer!.ExpiresAt <= time.GetUtcNow() ? null : bearer.Caller;
    }

    /// <summary>Makes this gateway read credentials and users anew.</summary>
    public void Forget() => _cache.Clear();

    public void Dispose() => _cache.Dispose();

    private async Task<Bearer?> Read(byte[] hash)
    {
        if (await store.Credential(hash) is not var (tenant, credential))
        {
            return null;
        }

        var caller = credential.Kind == BearerSecret.Session
            ? await OfSession(tenant, credential)
            : new Caller(tenant, credential.Principal, credential.Role, credential.PlatformAdministrator, credential.Id, IsSession: false)
            {
                Sites = credential.Sites,
            };
        return caller is null ? null : new Bearer(caller with { Granted = await GrantedTo(caller, credential) }, credential.ExpiresAt);
    }

    private async Task<Caller?> OfSession(TenantId tenant, CredentialConfiguration credential) =>
        await store.User(tenant, credential.Principal) is { Value: { Disabled: false } user }
            ? new Caller(tenant, user.Username, user.Role, user.PlatformAdministrator, credential.Id, IsSession: true)
            {
                Sites = user.Sites, Alarms = user.Alarms ?? Roles.AlarmsOf(user.Role),
            }
            : null;

    private async Task<IReadOnlySet<string>> GrantedTo(Caller caller, CredentialConfiguration credential)
    {
        var ofRole = await roles.PermissionsOf(caller.Tenant, caller.Role);
        var ofKey = credential.Permissions is { } some ? ofRole.Intersect(some).ToFrozenSet() : ofRole;
        return caller.Sites is null ? ofKey : ofKey.Intersect(Roles.OfSites).ToFrozenSet();
    }

    private sealed record Bearer(Caller Caller, DateTimeOffset? ExpiresAt);
}
