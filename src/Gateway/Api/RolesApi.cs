using System.Text.RegularExpressions;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>Roles: those that every tenant has, and those that it makes of permissions.</summary>
internal static partial class RolesApi
{
    private const int Most = 100;

    public static void MapRoles(this IEndpointRouteBuilder api)
    {
        var roles = api.MapGroup("/roles").WithTags("Users");
        roles.MapGet("", List).RequirePermission(Permission.ManageUsers)
            .WithName("listRoles").WithSummary("Roles with their permissions; those that every tenant has come first");
        roles.MapGet("/{role}", Get).RequirePermission(Permission.ManageUsers)
            .WithName("getRole").WithSummary("One role");
        roles.MapPut("/{role}", Put).RequirePermission(Permission.ManageUsers).Replaces().ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("putRole").WithSummary("Make a role, or change what it permits")
            .WithDescription("Nobody makes a role of permissions that they have not. A change holds within 5 s, for all who have the role.");
        roles.MapDelete("/{role}", Delete).RequirePermission(Permission.ManageUsers).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("deleteRole").WithSummary("Delete a role that nobody has");
    }

    private static async Task<Page<RoleView>> List(Caller caller, ConfigurationStore store)
    {
        var own = await store.Roles(caller.Tenant);
        return new Page<RoleView>([.. Roles.All.Select(RoleView.BuiltInOne), .. own.Select(role => RoleView.Of(role.Value))], null);
    }

    private static async Task<Ok<RoleView>> Get(Caller caller, string role, HttpContext http, ConfigurationStore store)
    {
        if (Roles.IsBuiltIn(role))
        {
            return TypedResults.Ok(RoleView.BuiltInOne(role));
        }

        var found = await store.Role(caller.Tenant, Id(role)) ?? throw ApiFault.NotFound("There is no such role.");
        return RowVersions.Answer(http, RoleView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<RoleView>, Created<RoleView>>> Put(
        Caller caller,
        string role,
        RoleInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        RoleBook roles,
        Callers callers)
    {
        EnsureOwn(role);
        var made = body.Checked(Id(role));
        RoleBook.EnsureWithin(caller, made.Permissions);
        await roles.EnsureWithin(caller, role);
        var written = await store.PutRole(caller.Tenant, made, Most, RowVersions.Expected(ifMatch));
        if (written.Outcome == WriteOutcome.QuotaExceeded)
        {
            throw ApiFault.Conflict("too-many", $"A tenant makes at most {Most} roles.");
        }

        callers.Forget();
        return RowVersions.Put(http, RowVersions.Ensure(written), RoleView.Of(made));
    }

    private static async Task<NoContent> Delete(
        Caller caller, string role, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store, RoleBook roles)
    {
        EnsureOwn(role);
        await roles.EnsureWithin(caller, Id(role));
        return RowVersions.Deleted(await store.DeleteRole(caller.Tenant, role, RowVersions.Expected(ifMatch)), "role");
    }

    private static void EnsureOwn(string role)
    {
        if (Roles.IsBuiltIn(role))
        {
            throw ApiFault.Conflict("built-in", "This role is the same in every tenant.");
        }
    }

    private static string Id(string role) =>
        Name().IsMatch(role) ? role : throw ApiFault.BadRequest("role", "must be 1 to 63 letters of a to z, digits and hyphens");

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Name();
}

/// <summary>A role as it is put.</summary>
/// <param name="Role">May repeat the name in the path.</param>
/// <param name="Description">What it is for, 1 to 200 characters.</param>
/// <param name="Permissions">At least one of those that the administrator's role lists. Everybody who is signed in has signed-in.</param>
public sealed record RoleInput(string? Role = null, string? Description = null, IReadOnlyList<string>? Permissions = null)
{
    internal CustomRole Checked(string role)
    {
        new Checks()
            .Name(Role, role, "role")
            .Text(Description, "description", 200)
            .That(Permissions is { Count: > 0 }, "permissions", "is needed")
            .That(Permissions is null || Permissions.All(Roles.Grantable.Contains), "permissions", $"must be of {string.Join(", ", Roles.Grantable.Order(StringComparer.Ordinal))}")
            .ThrowIfAny();
        return new CustomRole(role, Description ?? role, [.. Permissions!.Append(Permission.SignedIn).Distinct().Order(StringComparer.Ordinal)]);
    }
}

/// <summary>A role.</summary>
/// <param name="BuiltIn">Every tenant has it, and nobody changes it.</param>
public sealed record RoleView(string Role, string Description, bool BuiltIn, IReadOnlyList<string> Permissions)
{
    internal static RoleView BuiltInOne(string role) => new(role, role, true, [.. Roles.PermissionsOf(role).Order(StringComparer.Ordinal)]);

    internal static RoleView Of(CustomRole role) => new(role.Role, role.Description, false, role.Permissions);
}
