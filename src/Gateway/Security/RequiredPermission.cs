using Microsoft.AspNetCore.Authorization;

namespace EvCharge.Gateway.Security;

/// <summary>The permission an endpoint declared, as endpoint metadata and as authorization requirement.</summary>
/// <param name="OrOnLoopback">A caller on the machine itself needs none.</param>
public sealed record RequiredPermission(string Permission, bool OrOnLoopback = false) : IAuthorizationRequirement;

/// <summary>What an endpoint without a declaration gets: nobody may call it.</summary>
public sealed record UndeclaredPermission : IAuthorizationRequirement;

public static class PermissionExtensions
{
    /// <summary>Declares the one permission that callers of this endpoint need.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, string permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.Require(new RequiredPermission(permission));

    /// <summary>Declares the permission that callers from other machines need.</summary>
    public static TBuilder RequirePermissionUnlessLocal<TBuilder>(this TBuilder endpoint, string permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.Require(new RequiredPermission(permission, OrOnLoopback: true));

    private static TBuilder Require<TBuilder>(this TBuilder endpoint, RequiredPermission required)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(required).RequireAuthorization(policy => policy.AddRequirements(required));
}
