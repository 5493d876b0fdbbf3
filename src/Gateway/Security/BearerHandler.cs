using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Security;

/// <summary>
/// Reads the secret of a request from <c>Authorization: Bearer</c>, from <c>X-Api-Key</c>, or from the cookie that browsers
/// get at login. An explicit header never falls back to the cookie.
/// </summary>
public sealed class BearerHandler(
    Callers callers, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";
    public const string ApiKeyHeader = "X-Api-Key";
    public const string CookieName = "evcharge";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var explicitly = FromHeader(Request);
        var secret = SecretOf(Request);
        if (secret is null)
        {
            return AuthenticateResult.NoResult();
        }

        if (!BearerSecret.LooksLikeOne(secret) || await callers.Find(secret) is not { } caller)
        {
            return AuthenticateResult.Fail("The secret is unknown or has expired.");
        }

        var identity = new CallerIdentity(caller with { ByCookie = explicitly is null }, SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <summary>What a request presents; null for nothing.</summary>
    internal static string? SecretOf(HttpRequest request) => FromHeader(request) ?? request.Cookies[CookieName];

    private static string? FromHeader(HttpRequest request)
    {
        const string prefix = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[prefix.Length..].Trim();
        }

        return request.Headers.TryGetValue(ApiKeyHeader, out var key) ? key.ToString() : null;
    }
}
