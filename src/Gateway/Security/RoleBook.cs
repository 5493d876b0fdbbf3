using System.Collections.Frozen;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Security;

/// <summary>What the roles of a tenant permit: those that every tenant has, and those of its own.</summary>
public sealed class RoleBook(ConfigurationStore store)
{
    /// <summary>Nothing for a role that is none. Of a role of the tenant's own only what may still be given.</summary>
    public async Task<IReadOnlySet<string>> PermissionsOf(TenantId tenant, string role) =>
        Roles.IsBuiltIn(role)
            ? Roles.PermissionsOf(role)
            : (await store.Role(tenant, role))?.Value.Permissions.Where(Roles.Grantable.Contains).ToFrozenSet() ?? Roles.PermissionsOf(role);

    public async Task<bool> Knows(TenantId tenant, string role) => Roles.IsBuiltIn(role) || await store.Role(tenant, role) is not null;

    /// <summary>Nobody gives, or decides on, more than they have.</summary>
    /// <exception cref="Api.ApiFault">403 where the role permits something that the caller may not do.</exception>
    public async Task EnsureWithin(Caller caller, string role) => EnsureWithin(caller, await PermissionsOf(caller.Tenant, role));

    /// <summary>Platform administrators are written by their like alone, and others by who may do all that they may.</summary>
    /// <exception cref="Api.ApiFault">403.</exception>
    public async Task EnsureMayWrite(Caller caller, UserConfiguration user)
    {
        if (user.PlatformAdministrator && !caller.PlatformAdministrator)
        {
            throw new Api.ApiFault(StatusCodes.Status403Forbidden, "forbidden", "Only platform administrators write a platform administrator.");
        }

        await EnsureWithin(caller, user.Role);
    }

    /// <inheritdoc cref="EnsureWithin(Caller, string)"/>
    public static void EnsureWithin(Caller caller, IEnumerable<string> permissions)
    {
        if (permissions.FirstOrDefault(permission => !caller.Has(permission)) is { } beyond)
        {
            throw new Api.ApiFault(StatusCodes.Status403Forbidden, "forbidden", $"You may not give what you have not: {beyond}.");
        }
    }
}
