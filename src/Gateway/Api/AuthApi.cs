using EvCharge.Gateway.Alarms;
using EvCharge.Gateway.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Api;

/// <summary>Signing in and out, and who one is.</summary>
internal static class AuthApi
{
    public static void MapAuth(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("").WithTags("Sign-in");
        auth.MapPost("/auth/token", SignIn).AllowAnonymous()
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithName("createToken").WithSummary("Sign in with user name and password; sets the cookie of the web page too");
        auth.MapPost("/auth/logout", SignOut).RequirePermission(Permission.SignedIn)
            .WithName("logout").WithSummary("End the session of the token, and forget the cookie");
        auth.MapGet("/me", Me).RequirePermission(Permission.SignedIn)
            .WithName("getMe").WithSummary("The caller, the tenant it acts in, and what it may do");
    }

    private static async Task<Ok<TokenView>> SignIn(TokenInput body, HttpContext http, Sessions sessions)
    {
        var token = await sessions.Open(body.Username, body.Password, body.Code, ClientAddress.Of(http), http.RequestAborted)
            ?? throw new ApiFault(
                StatusCodes.Status401Unauthorized, "credentials", "User name and password do not fit.");
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Cookies.Append(BearerHandler.CookieName, token.Text, CookieFor(http, token.ExpiresAt));
        return TypedResults.Ok(new TokenView(token.Text, token.ExpiresAt));
    }

    private static async Task<NoContent> SignOut(Caller caller, HttpContext http, Sessions sessions)
    {
        if (caller.IsSession)
        {
            await sessions.Close(caller);
        }

        http.Response.Cookies.Delete(BearerHandler.CookieName, CookieFor(http, expires: null));
        return TypedResults.NoContent();
    }

    private static CallerView Me(Caller caller) => new(
        caller.Name, caller.Tenant.Value, caller.Role, caller.PlatformAdministrator, [.. caller.Permissions.Order(StringComparer.Ordinal)], caller.Sites,
        AlarmLevelsInput.Of(caller.Alarms)!);

    /// <summary>Secure wherever TLS is: a browser does not take a secure cookie over plain http.</summary>
    internal static CookieOptions CookieFor(HttpContext http, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = "/",
        Expires = expires,
    };
}

/// <param name="Username"><c>user</c> in the tenant default, <c>tenant/user</c> in another.</param>
/// <param name="Code">Of the second factor, or a recovery code; where a user has one.</param>
public sealed record TokenInput(string? Username = null, string? Password = null, string? Code = null);

/// <param name="AccessToken">What to present as <c>Authorization: Bearer</c>.</param>
public sealed record TokenView(string AccessToken, DateTimeOffset ExpiresAt);

/// <param name="User">User name, or <c>api-key/id</c>.</param>
/// <param name="Tenant">The tenant that requests act in.</param>
/// <param name="Sites">The sites that the caller sees and works on; null for all.</param>
/// <param name="AlarmLevels">What the caller may do with alarms, as far as the permissions allow it at all.</param>
public sealed record CallerView(
    string User, string Tenant, string Role, bool PlatformAdministrator, IReadOnlyList<string> Permissions, IReadOnlyList<string>? Sites,
    AlarmLevelsInput AlarmLevels);
