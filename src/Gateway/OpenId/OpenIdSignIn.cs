using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;

namespace EvCharge.Gateway.OpenId;

/// <summary>
/// Opens sessions for people whom their company's provider vouches for. It names them and may say their role; it neither makes
/// platform administrators nor lets one in, and never hands over a user whom it did not make, unless an administrator says that they
/// are the same.
/// </summary>
internal sealed class OpenIdSignIn(
    ConfigurationStore store, OpenIdClient client, Sessions sessions, SecretVault vault, TimeProvider time)
{
    public const string Action = "completeOpenId";

    private const string Target = "auth/openid";

    /// <summary>Where the browser goes, and what it keeps until it comes back.</summary>
    /// <param name="to">The page to show in the end.</param>
    /// <exception cref="OpenIdRefusal">It goes nowhere.</exception>
    public async Task<(string Address, string Sealed)> Begin(
        TenantId tenant, string provider, string to, string callback, CancellationToken cancelled)
    {
        var found = await Usable(tenant, provider);
        var attempt = OpenIdAttempt.At(provider, to, time.GetUtcNow());
        return (await client.AddressFor(found, attempt, callback, cancelled), attempt.Seal(tenant, vault));
    }

    /// <summary>The attempt that the browser kept.</summary>
    /// <exception cref="OpenIdRefusal">It kept none that this answer could be to.</exception>
    public OpenIdAttempt AttemptOf(TenantId tenant, string provider, string? kept, string? state) =>
        OpenIdAttempt.Open(kept, tenant, vault) is { } attempt && attempt.Provider == provider && attempt.State == state && attempt.Until > time.GetUtcNow()
            ? attempt
            : throw new OpenIdRefusal(OpenIdRefusal.Stale, "The answer is to no sign-in that this browser has begun.");

    /// <summary>Opens the session of the person whom the code stands for.</summary>
    /// <exception cref="OpenIdRefusal">Nobody is let in by it.</exception>
    public async Task<AccessToken> Complete(
        TenantId tenant, OpenIdAttempt attempt, string code, string? issuer, string callback, string address, CancellationToken cancelled)
    {
        var provider = await Usable(tenant, attempt.Provider);
        var person = await client.Redeem(tenant, provider, attempt, code, issuer, callback, cancelled);
        var user = await Known(tenant, provider, person, address);
        try
        {
            return await sessions.OpenFor(tenant, user, new AuditScope(user.Username, address, Action, Target));
        }
        catch (TenantSuspendedException)
        {
            throw new OpenIdRefusal(OpenIdRefusal.Suspended, "The tenant is suspended.");
        }
    }

    private async Task<IdentityProviderConfiguration> Usable(TenantId tenant, string provider) =>
        await store.IdentityProvider(tenant, provider) is { Value: { Disabled: false } found }
            ? found
            : throw new OpenIdRefusal(OpenIdRefusal.Unknown, "The tenant has no such provider in use.");

    private async Task<UserConfiguration> Known(TenantId tenant, IdentityProviderConfiguration provider, OpenIdPerson person, string address)
    {
        var identity = new OutsideIdentity(provider.Provider, person.Subject);
        var role = person.RoleAt(provider) ?? provider.DefaultRole;
        if (await store.UserBy(tenant, identity) is not { } known)
        {
            return await Make(tenant, provider, person, identity, role ?? throw NoRole(), address);
        }

        if (known.Value.Disabled || known.Value.PlatformAdministrator)
        {
            throw new OpenIdRefusal(OpenIdRefusal.Disabled, $"The user {known.Value.Username} does not sign in this way.");
        }

        if (provider.RoleClaim is null || known.Value.Role == role)
        {
            return known.Value;
        }

        return await Change(tenant, known, role ?? throw NoRole(), address);
    }

    private async Task<UserConfiguration> Make(
        TenantId tenant, IdentityProviderConfiguration provider, OpenIdPerson person, OutsideIdentity identity, string role, string address)
    {
        var name = person.First(provider.UsernameClaim);
        if (!UserName.IsValid(name))
        {
            throw new OpenIdRefusal(OpenIdRefusal.Name, $"The claim {provider.UsernameClaim} gives no user name.");
        }

        var user = new UserConfiguration(name!, PasswordHash.None, role, PlatformAdministrator: false, Disabled: false) { Identity = identity };
        new AuditScope(user.Username, address, Action, Target).Enter();
        var written = await store.PutUser(tenant, user, ConfigurationStore.Absent);
        return written.Outcome == WriteOutcome.Created
            ? user
            : throw new OpenIdRefusal(OpenIdRefusal.NameTaken, $"There is a user {name} already.");
    }

    /// <summary>Follows the provider's word. Who changed the user in the same moment has said something later.</summary>
    private async Task<UserConfiguration> Change(TenantId tenant, Versioned<UserConfiguration> known, string role, string address)
    {
        var user = known.Value with { Role = role };
        new AuditScope(user.Username, address, Action, Target).Enter();
        var written = await store.PutUser(tenant, user, known.RowVersion);
        if (written.Outcome != WriteOutcome.Replaced)
        {
            throw new OpenIdRefusal(OpenIdRefusal.Stale, $"The user {user.Username} was changed meanwhile.");
        }

        sessions.ReadUsersAnew();
        return user;
    }

    private static OpenIdRefusal NoRole() => new(OpenIdRefusal.NoRole, "Neither the provider nor the tenant gives the person a role.");
}
