using EvCharge.Domain.Alarms;
using EvCharge.Gateway.Alarms;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>The people of a tenant.</summary>
internal static class UsersApi
{
    private const string List = "users";

    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("", Page).RequirePermission(Permission.ManageUsers)
            .WithName("listUsers").WithSummary("Users by name");
        users.MapGet("/{username}", Get).RequirePermission(Permission.ManageUsers)
            .WithName("getUser").WithSummary("One user");
        users.MapPut("/{username}", Put).RequirePermission(Permission.ManageUsers).Replaces()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("putUser").WithSummary("Create or replace a user").WithDescription("409 identity: another user is that person already.");
        users.MapDelete("/{username}", Delete).RequirePermission(Permission.ManageUsers)
            .WithName("deleteUser").WithSummary("Delete a user and end all sessions of it");
        users.MapDelete("/{username}/identity", Unlink).RequirePermission(Permission.ManageUsers)
            .WithName("deleteUserIdentity").WithSummary("Have a user signed in by no identity provider any more");
    }

    private static Task<Page<UserView>> Page(Caller caller, [AsParameters] PageRequest page, ConfigurationStore store) =>
        page.Read(
            List,
            (after, limit) => store.Users(caller.Tenant, after, limit),
            row => row.Value.Username,
            row => UserView.Of(row.Value));

    private static async Task<Ok<UserView>> Get(Caller caller, string username, HttpContext http, ConfigurationStore store)
    {
        var found = await store.User(caller.Tenant, Id(username)) ?? throw ApiFault.NotFound("There is no such user.");
        return RowVersions.Answer(http, UserView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<UserView>, Created<UserView>>> Put(
        Caller caller,
        string username,
        UserInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        RoleBook roles,
        Sessions sessions)
    {
        var before = (await store.User(caller.Tenant, Id(username)))?.Value;
        var configuration = body.Checked(username, before, body.Role is null || await roles.Knows(caller.Tenant, body.Role));
        await SiteNames.Ensure(store, caller, configuration.Sites, before?.Sites);
        EnsureMayGive(caller, configuration.Alarms, before?.Alarms);
        await EnsureMayWrite(caller, before, configuration, roles);
        var written = Ensure(await store.PutUser(caller.Tenant, configuration, RowVersions.Expected(ifMatch)));
        if (configuration.PasswordHash != before?.PasswordHash || configuration.Identity != before?.Identity || configuration.Disabled)
        {
            await sessions.CloseAll(caller.Tenant, username);
        }

        sessions.ReadUsersAnew();
        return RowVersions.Put(http, written, UserView.Of(configuration));
    }

    private static async Task<NoContent> Delete(
        Caller caller,
        string username,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        ConfigurationStore store,
        RoleBook roles,
        Sessions sessions)
    {
        var before = (await store.User(caller.Tenant, Id(username)))?.Value;
        await EnsureMayWrite(caller, before, after: null, roles);
        var answer = RowVersions.Deleted(
            await store.DeleteUser(caller.Tenant, username, RowVersions.Expected(ifMatch)), "user");
        await sessions.CloseAll(caller.Tenant, username);
        return answer;
    }

    private static async Task<NoContent> Unlink(Caller caller, string username, ConfigurationStore store, RoleBook roles, Sessions sessions)
    {
        if (await store.User(caller.Tenant, Id(username)) is not { Value: { Identity: not null } user } found)
        {
            throw ApiFault.NotFound("There is no such user, or no provider signs the user in.");
        }

        await roles.EnsureMayWrite(caller, user);
        Ensure(await store.PutUser(caller.Tenant, user with { Identity = null }, found.RowVersion));
        await sessions.CloseAll(caller.Tenant, username);
        return TypedResults.NoContent();
    }

    /// <summary>Nobody gives rights over alarms that they have not, beyond what was given before.</summary>
    private static void EnsureMayGive(Caller caller, AlarmRights? after, AlarmRights? before)
    {
        if (after is not null && after != before && !after.IsWithin(caller.Alarms))
        {
            throw new ApiFault(StatusCodes.Status403Forbidden, "forbidden", "You may not give what you have not: levels of alarms.");
        }
    }

    private static WriteResult Ensure(WriteResult written) => written.Outcome switch
    {
        WriteOutcome.MissingReference => throw ApiFault.Invalid("identity.provider", "is no identity provider"),
        WriteOutcome.InUse => throw ApiFault.Conflict("identity", "Another user is that person already."),
        _ => RowVersions.Ensure(written),
    };

    /// <summary>
    /// Platform rights are given, taken and inherited among platform administrators only, and nobody takes the
    /// administrator's role, or a site of it, from themself: so there is always one left. Who is no administrator writes nobody who may do more.
    /// </summary>
    private static async Task EnsureMayWrite(Caller caller, UserConfiguration? before, UserConfiguration? after, RoleBook roles)
    {
        foreach (var user in ((UserConfiguration?[])[before, after]).OfType<UserConfiguration>())
        {
            await roles.EnsureMayWrite(caller, user);
        }

        var own = before is not null && before.Username == caller.Name && !caller.InForeignTenant;
        if (own && before!.Role == Roles.Administrator && after is not { Disabled: false, Role: Roles.Administrator, Sites: null })
        {
            throw ApiFault.Conflict("own-account", "Nobody takes the administrator's role, or a site, from themself.");
        }
    }

    private static string Id(string username) =>
        UserName.IsValid(username) ? username : throw ApiFault.BadRequest("username", $"must be {UserName.Rule}");
}

/// <summary>A user as it is put.</summary>
/// <param name="Username">May repeat the name in the path.</param>
/// <param name="Role">administrator, operator, guest, or one of the tenant's own.</param>
/// <param name="Password">8 to 256 characters; needed for a new user whom no provider signs in, else the present one stays without it.</param>
/// <param name="PlatformAdministrator">May act in every tenant; false by default.</param>
/// <param name="Disabled">May not sign in; false by default.</param>
/// <param name="Identity">Who the user is at an identity provider; the present one stays without it. Platform administrators have none.</param>
/// <param name="Sites">
/// The sites that the user sees and works on, 100 at most; none for an empty list, all without it. Who has a list has nothing of what is
/// about all of the tenant: tags, people, settings. Platform administrators have none.
/// </param>
/// <param name="AlarmLevels">What the user may do with alarms; what the role may without it.</param>
public sealed record UserInput(
    string? Username = null,
    string? Role = null,
    string? Password = null,
    bool PlatformAdministrator = false,
    bool Disabled = false,
    IdentityInput? Identity = null,
    IReadOnlyList<string>? Sites = null,
    AlarmLevelsInput? AlarmLevels = null)
{
    private const int MaxSubject = 255;

    /// <param name="known">There is such a role.</param>
    internal UserConfiguration Checked(string username, UserConfiguration? before, bool known)
    {
        new Checks()
            .Name(Username, username, "username")
            .That(Role is not null, "role", "is needed")
            .That(known, "role", "is no role")
            .That(Password is not null || before is not null || Identity is not null, "password", "is needed for a new user")
            .That(Password is null or { Length: >= 8 and <= 256 }, "password", "must be 8 to 256 characters")
            .That(Identity is null || Identity.Provider is { Length: > 0 }, "identity.provider", "is needed")
            .That(Identity is null || Ids.IsPrintable(Identity.Subject, MaxSubject), "identity.subject", $"must be 1 to {MaxSubject} printable characters")
            .That(!PlatformAdministrator || (Identity is null && before?.Identity is null), "identity", "is for users who are no platform administrators")
            .That(AlarmLevels is null || AlarmLevels.IsValid, "alarmLevels", AlarmLevelsInput.Rule)
            .That(!PlatformAdministrator || Sites is null, "sites", "is for users who are no platform administrators")
            .ThrowIfAny();
        var hash = Password is null ? before?.PasswordHash ?? PasswordHash.None : PasswordHash.Of(Password);
        return new UserConfiguration(username, hash, Role!, PlatformAdministrator, Disabled)
        {
            Preferences = before?.Preferences ?? new UserPreferences(),
            Sites = Sites,
            Alarms = AlarmLevels?.Rights,
            Identity = Identity is null ? before?.Identity : new OutsideIdentity(Identity.Provider!, Identity.Subject!),
        };
    }
}

/// <param name="Provider">An identity provider of the tenant.</param>
/// <param name="Subject">The provider's own name for the person: the claim <c>sub</c>.</param>
public sealed record IdentityInput(string? Provider = null, string? Subject = null);

/// <summary>A user.</summary>
/// <param name="HasPassword">False for who signs in by the identity provider alone.</param>
/// <param name="Identity">Who the user is at an identity provider; null for who signs in by a password alone.</param>
/// <param name="Sites">The sites that the user sees and works on; null for all.</param>
/// <param name="AlarmLevels">What the user may do with alarms; null for what the role may.</param>
public sealed record UserView(
    string Username, string Role, bool PlatformAdministrator, bool Disabled, bool HasPassword = true, IdentityInput? Identity = null,
    IReadOnlyList<string>? Sites = null, AlarmLevelsInput? AlarmLevels = null)
{
    internal static UserView Of(UserConfiguration user) => new(
        user.Username, user.Role, user.PlatformAdministrator, user.Disabled, user.PasswordHash != PasswordHash.None,
        user.Identity is { } identity ? new IdentityInput(identity.Provider, identity.Subject) : null, user.Sites,
        AlarmLevelsInput.Of(user.Alarms));
}
