using System.Security.Claims;
using EvCharge.Domain.Alarms;
using EvCharge.Domain.Identity;

namespace EvCharge.Gateway.Security;

/// <summary>Who makes a request, and in which tenant. Endpoints take it as a parameter.</summary>
/// <param name="Tenant">The caller's own tenant, or the one a platform administrator acts in.</param>
/// <param name="Name">User name, or <c>api-key/id</c>.</param>
/// <param name="CredentialId">Public name of the session or key that was presented.</param>
/// <param name="IsSession">False for an API key.</param>
/// <param name="ByCookie">The browser attached the credential by itself, so the request may come from another site.</param>
public sealed record Caller(
    TenantId Tenant,
    string Name,
    string Role,
    bool PlatformAdministrator,
    string CredentialId,
    bool IsSession,
    bool ByCookie = false)
{
    /// <summary>The tenant that the credential belongs to.</summary>
    public TenantId Home { get; init; } = Tenant;

    public bool InForeignTenant => Tenant != Home;

    /// <summary>The name by which nobody else is known here: with the tenant that a caller came from.</summary>
    public string FullName => InForeignTenant ? $"{Home}/{Name}" : Name;

    /// <summary>What the role permits here, less what an API key leaves out.</summary>
    public IReadOnlySet<string> Granted { get; init; } = Roles.PermissionsOf(Role);

    /// <summary>The sites that the caller sees and works on; null for all.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>What the caller may do with alarms, by their level.</summary>
    public AlarmRights Alarms { get; init; } = Roles.AlarmsOf(Role);

    /// <summary>What of the tenant the caller sees.</summary>
    public SiteScope Scope => SiteScope.Of(Tenant, Sites);

    public IEnumerable<string> Permissions => PlatformAdministrator ? Granted.Union(Roles.Platform) : Granted;

    public bool Has(string permission) =>
        Granted.Contains(permission) || (PlatformAdministrator && Roles.Platform.Contains(permission));

    /// <summary>Lets an endpoint name a caller among its parameters. Authorization has made sure that there is one.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) =>
        ValueTask.FromResult((http.User.Identity as CallerIdentity)?.Caller);
}

/// <summary>A <see cref="Caller"/> as the framework's identity.</summary>
public sealed class CallerIdentity(Caller caller, string scheme)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], scheme)
{
    public Caller Caller { get; set; } = caller;
}
