using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.OpenId;

/// <summary>Signing in by a company's identity provider, as browsers do it: from page to page.</summary>
internal static partial class OpenIdApi
{
    private const string CookieName = "evcharge-openid";
    private const string Root = "/api/v1/auth/openid";
    private const int MaxPage = 500;
    private const int MaxAnswer = 4_096;

    public static void MapOpenId(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Sign-in").ProducesProblem(StatusCodes.Status429TooManyRequests);
        auth.MapGet("/providers", Offered).AllowAnonymous()
            .WithName("listSignInProviders").WithSummary("The identity providers that people of a tenant may sign in by; none for a tenant that is none");
        auth.MapGet("/openid/{tenant}/{provider}", Begin).AllowAnonymous().Produces(StatusCodes.Status302Found)
            .WithName("beginOpenId").WithSummary("Send a browser to an identity provider")
            .WithDescription("It comes back with the cookie of the web page, to the page that to names. Where it goes wrong, that page gets a word as signIn.");
        auth.MapGet("/openid/{tenant}/{provider}/callback", Complete).AllowAnonymous().Produces(StatusCodes.Status302Found)
            .WithName("completeOpenId").WithSummary("Where an identity provider sends a browser back to");
    }

    private static async Task<SignInProviders> Offered(string? tenant, HttpContext http, ConfigurationStore store, LoginThrottle throttle)
    {
        Throttle(http, throttle, "providers");
        var found = TenantId.TryParse(tenant ?? TenantId.Default.Value, out var known) ? await store.IdentityProviders(known) : [];
        return new SignInProviders([.. found.Where(one => !one.Value.Disabled).Select(one => new SignInProvider(one.Value.Provider, one.Value.Name))]);
    }

    private static async Task<RedirectHttpResult> Begin(
        string tenant, string provider, string? to, HttpContext http, OpenIdSignIn signIn, LoginThrottle throttle, IOptions<SecurityOptions> options,
        ILogger<OpenIdSignIn> log)
    {
        Throttle(http, throttle, $"openid/{tenant}/{provider}");
        var page = IsOurPage(to) ? to! : PageOf(tenant);
        try
        {
            var (address, kept) = await signIn.Begin(
                Tenant(tenant), provider, page, CallbackOf(http.Request, options.Value, tenant, provider), http.RequestAborted);
            http.Response.Cookies.Append(CookieName, kept, Cookie(http, OpenIdAttempt.Lifetime));
            return TypedResults.Redirect(address);
        }
        catch (OpenIdRefusal refusal)
        {
            return Refuse(log, refusal, tenant, provider, http, page);
        }
    }

    private static async Task<RedirectHttpResult> Complete(
        string tenant, string provider, [AsParameters] OpenIdAnswer answer, HttpContext http, OpenIdSignIn signIn, LoginThrottle throttle,
        IOptions<SecurityOptions> options, ILogger<OpenIdSignIn> log)
    {
        Throttle(http, throttle, $"openid/{tenant}/{provider}");
        var kept = http.Request.Cookies[CookieName];
        http.Response.Cookies.Delete(CookieName, Cookie(http, null));
        var page = PageOf(tenant);
        try
        {
            var known = Tenant(tenant);
            var attempt = signIn.AttemptOf(known, provider, kept, answer.State);
            page = attempt.To;
            if (answer.Code is not { Length: > 0 and <= MaxAnswer } code)
            {
                throw new OpenIdRefusal(OpenIdRefusal.Refused, $"The provider answers {Shortened(answer.Error) ?? "without a code"}.");
            }

            var token = await signIn.Complete(
                known, attempt, code, answer.Iss, CallbackOf(http.Request, options.Value, tenant, provider), ClientAddress.Of(http), http.RequestAborted);
            http.Response.Cookies.Append(BearerHandler.CookieName, token.Text, AuthApi.CookieFor(http, token.ExpiresAt));
            return TypedResults.LocalRedirect(page);
        }
        catch (OpenIdRefusal refusal)
        {
            return Refuse(log, refusal, tenant, provider, http, page);
        }
    }

    /// <summary>Where a provider sends people back to: one address for each, so that none can answer for another (RFC 9700 §4.4.2).</summary>
    internal static string CallbackOf(HttpRequest request, SecurityOptions options, string tenant, string provider) =>
        $"{options.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}"}{Root}/{tenant}/{provider}/callback";

    private static RedirectHttpResult Refuse(ILogger log, OpenIdRefusal refusal, string tenant, string provider, HttpContext http, string page)
    {
        SignInFailed(log, Shortened(provider)!, Shortened(tenant)!, ClientAddress.Of(http), refusal.Message, refusal.InnerException);
        return TypedResults.LocalRedirect($"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}signIn={refusal.Word}");
    }

    private static void Throttle(HttpContext http, LoginThrottle throttle, string what)
    {
        if (throttle.WaitBefore(what, ClientAddress.Of(http)) is { } wait)
        {
            throw new LoginThrottledException(wait);
        }
    }

    private static TenantId Tenant(string tenant) => TenantId.TryParse(tenant, out var known)
        ? known
        : throw new OpenIdRefusal(OpenIdRefusal.Unknown, "There is no such tenant.");

    private static string PageOf(string tenant) => TenantId.TryParse(tenant, out var known) ? $"/t/{known}" : "/";

    /// <summary>A page of the console, and no way of writing another site's address.</summary>
    private static bool IsOurPage(string? page) =>
        page is { Length: <= MaxPage } && page.StartsWith("/t/", StringComparison.Ordinal) && page.All(c => c is > ' ' and <= '~' and not ('\\' or '#'));

    private static string? Shortened(string? text) => text is { Length: > 100 } ? text[..100] : text;

    /// <summary>It comes along when the provider's page leads back here, which a stricter one would not.</summary>
    private static CookieOptions Cookie(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = Root,
        MaxAge = lifetime,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in by {Provider} of {Tenant} from {Address} failed. {Why}")]
    private static partial void SignInFailed(ILogger log, string provider, string tenant, string address, string why, Exception? cause);
}

/// <param name="Items">By name.</param>
public sealed record SignInProviders(IReadOnlyList<SignInProvider> Items);

/// <param name="Provider">Its name in <c>/api/v1/auth/openid/{tenant}/{provider}</c>.</param>
/// <param name="Name">What people call it.</param>
public sealed record SignInProvider(string Provider, string Name);

/// <summary>An authorization response (OpenID Connect Core 1.0 §3.1.2.5).</summary>
/// <param name="Iss">The issuer's own name, where it gives one (RFC 9207).</param>
public sealed record OpenIdAnswer(string? State, string? Code, string? Error, string? Iss);
