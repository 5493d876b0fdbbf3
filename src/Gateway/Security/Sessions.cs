using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Security;

/// <summary>An access token, shown once.</summary>
public sealed record AccessToken(string Text, DateTimeOffset ExpiresAt);

/// <summary>Opens and ends the sessions of users.</summary>
public sealed partial class Sessions(
    ConfigurationStore store,
    Callers callers,
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
    public async Task<AccessToken?> Open(string? login, string? password, string address, CancellationToken cancelled)
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

        throttle.Succeeded(user, address);
        return await Issue(tenant, found!.Value);
    }

    public async Task Close(Caller caller)
    {
        await store.DeleteCredential(caller.Home, caller.CredentialId);
        callers.Forget();
    }

    /// <summary>Makes a change of a user's role count at once on this gateway.</summary>
    public void ReadUsersAnew() => callers.Forget();

    /// <summary>Ends every session of a user whose password changed or who is no more.</summary>
    public async Task CloseAll(TenantId tenant, string username)
    {
        string? after = null;
        do
        {
            var page = await store.Credentials(tenant, BearerSecret.Session, after, 1000);
            foreach (var session in page.Where(session => session.Principal == username))
            {
                await store.DeleteCredential(tenant, session.Id);
            }

            after = page.Count == 0 ? null : page[^1].Id;
        }
        while (after is not null);

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

    private async Task<AccessToken> Issue(TenantId tenant, UserConfiguration user)
    {
        var now = time.GetUtcNow();
        var secret = BearerSecret.Create(BearerSecret.Session);
        var expires = now + options.Value.AccessTokenLifetime;
        await store.AddCredential(tenant, new CredentialConfiguration(
            secret.Id, BearerSecret.Session, secret.Hash(), user.Username, user.Role, user.PlatformAdministrator,
            null, now, expires));
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
