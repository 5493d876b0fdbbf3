using EvCharge.Domain.Identity;
using EvCharge.Gateway.Tenants;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Security;

/// <summary>An access token, shown once.</summary>
public sealed record AccessToken(string Text, DateTimeOffset ExpiresAt);

/// <summary>Opens and ends the sessions of users.</summary>
public sealed partial class Sessions(
    ConfigurationStore store,
    Callers callers,
    TenantBook tenants,
    SecondFactors secondFactors,
    AuditLog audit,
    LoginThrottle throttle,
    TimeProvider time,
    IOptions<SecurityOptions> options,
    ILogger<Sessions> log)
{
    private const int MaxPasswordLength = 256;

    /// <summary>
    /// Null when name and password do not fit. A name that nobody has takes as long as a wrong password.
    /// </summary>
    /// <exception cref="LoginThrottledException">Too many attempts.</exception>
    /// <exception cref="SecondFactorNeededException">They fit, but the code of the second factor does not.</exception>
    /// <exception cref="TenantSuspendedException">They fit, but nobody of the tenant gets in.</exception>
    public async Task<AccessToken?> Open(string? login, string? password, string? code, string address, CancellationToken cancelled)
    {
        var named = UserName.TryParseLogin(login, out var tenant, out var name);
        var user = named ? $"{tenant}/{name}" : "";
        if (throttle.WaitBefore(user, address) is { } wait)
        {
            throw new LoginThrottledException(wait);
        }

        var found = named ? await store.User(tenant, name) : null;
        if (!await Verify(found?.Value, password, cancelled))
        {
            throttle.Failed(user, address);
            LoginFailed(user, address);
            return null;
        }

        if (!await secondFactors.Accept(tenant, name, code))
        {
            if (code is not null)
            {
                throttle.Failed(user, address);
                LoginFailed(user, address);
            }

            throw new SecondFactorNeededException(code is not null);
        }

        throttle.Succeeded(user, address);
        return await OpenFor(tenant, found!.Value, new AuditScope(name, address, "createToken", "auth/token"));
    }

    /// <summary>Opens a session of a user who has shown who they are.</summary>
    /// <param name="scope">How they did, for the audit log.</param>
    /// <exception cref="TenantSuspendedException">Nobody of the tenant gets in.</exception>
    public async Task<AccessToken> OpenFor(TenantId tenant, UserConfiguration user, AuditScope scope)
    {
        if (!user.PlatformAdministrator && await tenants.Find(tenant) is not { IsActive: true })
        {
            throw new TenantSuspendedException();
        }

        var token = await Issue(tenant, user, scope.Address ?? "");
        await audit.Append(tenant, scope);
        return token;
    }

    public async Task Close(Caller caller)
    {
        await store.DeleteCredential(caller.Home, caller.CredentialId);
        callers.Forget();
    }

    /// <summary>The sessions of a user, the oldest first; some may have expired.</summary>
    public Task<IReadOnlyList<CredentialConfiguration>> Of(TenantId tenant, string username) =>
        store.CredentialsOf(tenant, BearerSecret.Session, username);

    /// <summary>Ends one session of a user; false when there is no such one.</summary>
    public async Task<bool> Close(TenantId tenant, string username, string id)
    {
        var ended = (await Of(tenant, username)).Any(session => session.Id == id) && await store.DeleteCredential(tenant, id);
        callers.Forget();
        return ended;
    }

    /// <summary>Makes a change of a user's role count at once on this gateway.</summary>
    public void ReadUsersAnew() => callers.Forget();

    /// <summary>Ends every session of a user whose password changed or who is no more.</summary>
    public async Task CloseAll(TenantId tenant, string username)
    {
        foreach (var session in await Of(tenant, username))
        {
            await store.DeleteCredential(tenant, session.Id);
        }

        callers.Forget();
    }

    private async Task<bool> Verify(UserConfiguration? user, string? password, CancellationToken cancelled)
    {
        using var place = await throttle.EnterHashing(cancelled);
        if (!place.IsAcquired)
        {
            throw new LoginThrottledException(TimeSpan.FromSeconds(5));
        }

        var given = password is { Length: <= MaxPasswordLength } ? password : "";
        return PasswordHash.Verify(user?.PasswordHash, given) && !user!.Disabled;
    }

    private async Task<AccessToken> Issue(TenantId tenant, UserConfiguration user, string address)
    {
        var now = time.GetUtcNow();
        var secret = BearerSecret.Create(BearerSecret.Session);
        var expires = now + options.Value.AccessTokenLifetime;
        await store.AddCredential(tenant, new CredentialConfiguration(
            secret.Id, BearerSecret.Session, secret.Hash(), user.Username, user.Role, user.PlatformAdministrator,
            address, now, expires));
        return new AccessToken(secret.Text, expires);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Login of {User} from {Address} failed.")]
    private partial void LoginFailed(string user, string address);
}

/// <summary>A login attempt that was not looked at.</summary>
public sealed class LoginThrottledException(TimeSpan retryAfter) : Exception("Too many login attempts.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>A login into a tenant that is suspended.</summary>
public sealed class TenantSuspendedException() : Exception("The tenant is suspended.");

/// <summary>A login that needs the code of the second factor.</summary>
/// <param name="wasWrong">One was given.</param>
public sealed class SecondFactorNeededException(bool wasWrong)
    : Exception(wasWrong ? "The code does not fit, or was used before." : "The code of the second factor is needed.");
