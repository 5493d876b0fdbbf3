using System.Net;
using EvCharge.Domain.Alarms;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Tenants;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Authorization;

namespace EvCharge.Gateway.Security;

/// <summary>
/// Decides about a request: the credential must not have been attached by a page of another site, the tenant must be the
/// caller's to act in and not suspended, the role must hold the permission that the endpoint declared, and what the request names must
/// be at a site that the caller sees.
/// </summary>
public sealed class PermissionHandler(TenantBook tenants, SiteAccess sites) : AuthorizationHandler<RequiredPermission>
{
    public const string TenantHeader = "X-Tenant";

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiredPermission requirement)
    {
        if (context.Resource is not HttpContext http)
        {
            return;
        }

        if (context.User.Identity is not CallerIdentity identity)
        {
            if (requirement.OrOnLoopback && IsLocal(http))
            {
                context.Succeed(requirement);
            }

            return;
        }

        if (await Refuse(http, identity, requirement.Permission) is { } refusal)
        {
            context.Fail(new AuthorizationFailureReason(this, refusal));
            return;
        }

        context.Succeed(requirement);
    }

    private async Task<string?> Refuse(HttpContext http, CallerIdentity identity, string permission)
    {
        if (identity.Caller.ByCookie && !SameOrigin.Holds(http.Request))
        {
            return AccessRefusal.CrossSite;
        }

        if (http.Request.Headers.TryGetValue(TenantHeader, out var named))
        {
            if (!identity.Caller.PlatformAdministrator)
            {
                return AccessRefusal.ForeignTenant;
            }

            if (!TenantId.TryParse(named, out var tenant) || await tenants.Find(tenant) is null)
            {
                return AccessRefusal.UnknownTenant;
            }

            identity.Caller = identity.Caller with
            {
                Tenant = tenant, Role = Roles.Administrator, Granted = Roles.PermissionsOf(Roles.Administrator), Alarms = AlarmRights.All,
            };
        }
        else if (!identity.Caller.PlatformAdministrator && await tenants.Find(identity.Caller.Tenant) is not { IsActive: true })
        {
            return AccessRefusal.SuspendedTenant;
        }

        if (!identity.Caller.Has(permission))
        {
            return AccessRefusal.MissingPermission;
        }

        // What everybody may who is signed in is about themself.
        return permission == Permission.SignedIn ? null : await sites.Refuse(http, identity.Caller.Scope);
    }

    /// <summary>A proxy on this machine forwards for others, and says so.</summary>
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}

/// <summary>
/// The fallback of authorization. Answers that routing itself makes (no such path, method or media type) pass; a route
/// that declares no permission is a defect and serves nobody.
/// </summary>
public sealed class UndeclaredPermissionHandler : AuthorizationHandler<UndeclaredPermission>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, UndeclaredPermission requirement)
    {
        if (context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
