using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Api;

/// <summary>Keys that programs present instead of a password.</summary>
internal static class ApiKeysApi
{
    private const string List = "api-keys";

    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/api-keys").WithTags("API keys");
        keys.MapGet("", Page).RequirePermission(Permission.ManageApiKeys)
            .WithName("listApiKeys").WithSummary("API keys without their secrets");
        keys.MapPost("", Create).RequirePermission(Permission.ManageApiKeys)
            .WithName("createApiKey").WithSummary("Create an API key; its secret is shown this once");
        keys.MapDelete("/{id}", Delete).RequirePermission(Permission.ManageApiKeys)
            .WithName("deleteApiKey").WithSummary("Revoke an API key");
    }

    private static Task<Page<ApiKeyView>> Page(Caller caller, [AsParameters] PageRequest page, ConfigurationStore store) =>
        page.Read(
            List,
            (after, limit) => store.Credentials(caller.Tenant, BearerSecret.Key, after, limit),
            key => key.Id,
            ApiKeyView.Of);

    private static async Task<Created<NewApiKey>> Create(
        Caller caller, ApiKeyInput body, HttpContext http, ConfigurationStore store, RoleBook roles, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var ofRole = body.Role is null ? null : await roles.PermissionsOf(caller.Tenant, body.Role);
        body.Check(now, body.Role is null || await roles.Knows(caller.Tenant, body.Role), ofRole);
        await SiteNames.Ensure(store, caller, body.Sites, before: null);
        RoleBook.EnsureWithin(caller, body.Permissions ?? (IEnumerable<string>)ofRole!);
        var secret = BearerSecret.Create(BearerSecret.Key);
        var key = new CredentialConfiguration(
            secret.Id, BearerSecret.Key, secret.Hash(), $"api-key/{secret.Id}", body.Role!, PlatformAdministrator: false,
            body.Description, now, body.ExpiresAt?.ToUniversalTime())
        {
            Permissions = body.Permissions,
            Sites = body.Sites,
        };
        await store.AddCredential(caller.Tenant, key);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created((string?)null, new NewApiKey(secret.Text, ApiKeyView.Of(key)));
    }

    private static async Task<NoContent> Delete(Caller caller, string id, ConfigurationStore store, Callers callers)
    {
        if (!await store.DeleteCredential(caller.Tenant, id))
        {
            throw ApiFault.NotFound("There is no such key.");
        }

        callers.Forget();
        return TypedResults.NoContent();
    }
}

/// <summary>An API key to be made.</summary>
/// <param name="Description">What it is for, 1 to 200 characters.</param>
/// <param name="Role">administrator, operator, guest, or one of the tenant's own.</param>
/// <param name="ExpiresAt">When it ends to be valid; null for never.</param>
/// <param name="Permissions">What of the role's permissions it may use; null for all of them.</param>
/// <param name="Sites">The sites that it is for, 100 at most; null for all. As for a user, the rest of the tenant is closed to it then.</param>
public sealed record ApiKeyInput(
    string? Description = null,
    string? Role = null,
    DateTimeOffset? ExpiresAt = null,
    IReadOnlyList<string>? Permissions = null,
    IReadOnlyList<string>? Sites = null)
{
    /// <param name="known">There is such a role.</param>
    /// <param name="ofRole">What the role permits.</param>
    internal void Check(DateTimeOffset now, bool known, IReadOnlySet<string>? ofRole) => new Checks()
        .That(Description is not null, "description", "is needed")
        .Text(Description, "description", 200)
        .That(Role is not null, "role", "is needed")
        .That(known, "role", "is no role")
        .That(Permissions is null || (Permissions.Count > 0 && ofRole is not null && Permissions.All(ofRole.Contains)), "permissions", "must be of those that the role has")
        .That(ExpiresAt is null || ExpiresAt > now, "expiresAt", "must be in the future")
        .ThrowIfAny();
}

/// <summary>A new API key.</summary>
/// <param name="Secret">What to present in X-Api-Key; it cannot be shown again.</param>
public sealed record NewApiKey(string Secret, ApiKeyView Key);

/// <summary>An API key without its secret.</summary>
public sealed record ApiKeyView(
    string Id,
    string? Description,
    string Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<string>? Permissions,
    IReadOnlyList<string>? Sites)
{
    internal static ApiKeyView Of(CredentialConfiguration key) =>
        new(key.Id, key.Description, key.Role, key.CreatedAt, key.ExpiresAt, key.Permissions, key.Sites);
}
