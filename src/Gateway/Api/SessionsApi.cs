using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Api;

/// <summary>Who is signed in where, and how that ends.</summary>
internal static class SessionsApi
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/me/sessions").WithTags("Sign-in");
        own.MapGet("", Own).RequirePermission(Permission.SignedIn)
            .WithName("listOwnSessions").WithSummary("The caller's own sessions");
        own.MapDelete("/{id}", EndOwn).RequirePermission(Permission.SignedIn)
            .WithName("endOwnSession").WithSummary("End one of the caller's own sessions");
        var users = api.MapGroup("/users/{username}/sessions").WithTags("Users");
        users.MapGet("", OfUser).RequirePermission(Permission.ManageUsers)
            .WithName("listSessions").WithSummary("The sessions of a user");
        users.MapDelete("/{id}", End).RequirePermission(Permission.ManageUsers)
            .WithName("endSession").WithSummary("End a session of a user");
        users.MapDelete("", EndAll).RequirePermission(Permission.ManageUsers)
            .WithName("endSessions").WithSummary("End all sessions of a user");
    }

    private static async Task<Page<SessionView>> Own(Caller caller, Sessions sessions, TimeProvider time) => caller.IsSession
        ? Shown(await sessions.Of(caller.Home, caller.Name), caller, time)
        : new Page<SessionView>([], null);

    private static async Task<NoContent> EndOwn(Caller caller, string id, Sessions sessions) =>
        caller.IsSession && await sessions.Close(caller.Home, caller.Name, id) ? TypedResults.NoContent() : throw NoSuchSession();

    private static async Task<Page<SessionView>> OfUser(
        Caller caller, string username, ConfigurationStore store, Sessions sessions, TimeProvider time)
    {
        await EnsureUser(caller, username, store);
        return Shown(await sessions.Of(caller.Tenant, username), caller, time);
    }

    private static async Task<NoContent> End(
        Caller caller, string username, string id, ConfigurationStore store, RoleBook roles, Sessions sessions)
    {
        await roles.EnsureWithin(caller, (await EnsureUser(caller, username, store)).Role);
        return await sessions.Close(caller.Tenant, username, id) ? TypedResults.NoContent() : throw NoSuchSession();
    }

    private static async Task<NoContent> EndAll(
        Caller caller, string username, ConfigurationStore store, RoleBook roles, Sessions sessions)
    {
        await roles.EnsureWithin(caller, (await EnsureUser(caller, username, store)).Role);
        await sessions.CloseAll(caller.Tenant, username);
        return TypedResults.NoContent();
    }

    private static async Task<UserConfiguration> EnsureUser(Caller caller, string username, ConfigurationStore store) =>
        UserName.IsValid(username) && await store.User(caller.Tenant, username) is { Value: var user }
            ? user
            : throw ApiFault.NotFound("There is no such user.");

    /// <summary>A user has few sessions, and old ones are cleared away: one page holds them.</summary>
    private static Page<SessionView> Shown(IReadOnlyList<CredentialConfiguration> sessions, Caller caller, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new Page<SessionView>(
            [.. sessions.Where(session => session.ExpiresAt > now).Reverse().Take(PageRequest.MaxLimit).Select(session => SessionView.Of(session, caller))],
            null);
    }

    private static ApiFault NoSuchSession() => ApiFault.NotFound("There is no such session.");
}

/// <summary>A session of a user.</summary>
/// <param name="Address">Where it was opened from; of IPv6 the subscriber's half.</param>
/// <param name="Current">It is the one that asks.</param>
public sealed record SessionView(string Id, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string? Address, bool Current)
{
    internal static SessionView Of(CredentialConfiguration session, Caller caller) => new(
        session.Id, session.CreatedAt, session.ExpiresAt, session.Description, session.Id == caller.CredentialId);
}
