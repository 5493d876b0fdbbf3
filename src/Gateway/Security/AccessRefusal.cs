using EvCharge.Gateway.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace EvCharge.Gateway.Security;

/// <summary>Turns a refusal of authorization into problem details with a stable code.</summary>
public sealed class AccessRefusal : IAuthorizationMiddlewareResultHandler
{
    internal const string CrossSite = "cross-site";
    internal const string ForeignTenant = "foreign-tenant";
    internal const string UnknownTenant = "unknown-tenant";
    internal const string SuspendedTenant = "tenant-suspended";
    internal const string NoSuchCharger = "no-such-charger";
    internal const string NoSuchSite = "no-such-site";
    internal const string OtherSites = "some-sites-only";
    internal const string MissingPermission = "forbidden";

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        var fault = authorizeResult.Challenged ? Unauthenticated(context) : Forbidden(authorizeResult);
        return fault.Write(context);
    }

    private static ApiFault Unauthenticated(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new ApiFault(StatusCodes.Status401Unauthorized, "unauthenticated", "A valid access token or API key is needed.");
    }

    private static ApiFault Forbidden(PolicyAuthorizationResult result)
    {
        var reason = result.AuthorizationFailure?.FailureReasons.FirstOrDefault()?.Message;
        return reason switch
        {
            UnknownTenant => ApiFault.NotFound("There is no such tenant."),
            NoSuchCharger => ApiFault.NotFound("There is no such charger."),
            NoSuchSite => ApiFault.NotFound("There is no such site."),
            OtherSites => Refused(reason, "This is about all sites, and you see some of them."),
            ForeignTenant => Refused(reason, "Only platform administrators act in another tenant."),
            SuspendedTenant => Refused(reason, "The tenant is suspended."),
            CrossSite => Refused(reason, "A request with the cookie must come from a page of this site."),
            _ => Refused(MissingPermission, "Your role does not allow this."),
        };
    }

    private static ApiFault Refused(string code, string text) => new(StatusCodes.Status403Forbidden, code, text);
}
