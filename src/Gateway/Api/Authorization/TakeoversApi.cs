using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api.Authorization;

/// <summary>Who decides on the tags of a charger or a site, and taking that over for a while.</summary>
internal static class TakeoversApi
{
    public static void MapTakeovers(this IEndpointRouteBuilder api)
    {
        var site = api.MapGroup("/sites/{site}/authorization").WithTags("Authorization");
        site.MapGet("", GetSite).RequirePermission(Permission.Authorize)
            .WithName("getSiteAuthorization").WithSummary("Who decides on the tags of a site");
        site.MapPut("", PutSite).RequirePermission(Permission.Authorize).Replaces()
            .WithName("putSiteAuthorization").WithSummary("Take over the authorization of a site for a while");
        site.MapDelete("", DeleteSite).RequirePermission(Permission.Authorize)
            .WithName("deleteSiteAuthorization").WithSummary("Give the authorization of a site back to its configuration");
        var charger = api.MapGroup("/chargers/{charger}/authorization").WithTags("Authorization");
        charger.MapGet("", GetCharger).RequirePermission(Permission.Authorize)
            .WithName("getChargerAuthorization").WithSummary("Who decides on the tags of a charger");
        charger.MapPut("", PutCharger).RequirePermission(Permission.Authorize).Replaces()
            .WithName("putChargerAuthorization").WithSummary("Take over the authorization of a charger for a while");
        charger.MapDelete("", DeleteCharger).RequirePermission(Permission.Authorize)
            .WithName("deleteChargerAuthorization").WithSummary("Give the authorization of a charger back to its site");
    }

    private static async Task<Ok<AuthorizationView>> GetSite(
        Caller caller, string site, HttpContext http, ConfigurationStore store, TimeProvider time)
    {
        var id = caller.Site(site);
        _ = await store.Site(id) ?? throw ApiFault.NotFound("There is no such site.");
        var takeover = await store.Takeover(TakeoverScope.Of(id));
        var view = AuthorizationView.Of(null, takeover?.Value, await store.ExternalAuthorization(id) is not null, time.GetUtcNow());
        return RowVersions.Answer(http, view, takeover?.RowVersion ?? ConfigurationStore.Absent);
    }

    private static async Task<Ok<AuthorizationView>> GetCharger(
        Caller caller, string charger, HttpContext http, ConfigurationStore store, TimeProvider time)
    {
        var id = caller.Charger(charger);
        var found = await store.Charger(id) ?? throw ApiFault.NotFound("There is no such charger.");
        var own = await store.Takeover(TakeoverScope.Of(id));
        var (ofSite, external) = found.Value.Site is { } name && new SiteId(caller.Tenant, name) is var site
            ? (await store.Takeover(TakeoverScope.Of(site)), await store.ExternalAuthorization(site) is not null)
            : (null, false);
        var relayed = found.Value.ProxyLinks.Count > 0 && (await store.ProxyLinks(id)).Any(link => link.Value.Authorizes);
        var view = AuthorizationView.Of(own?.Value, ofSite?.Value, external || relayed, time.GetUtcNow());
        return RowVersions.Answer(http, view, own?.RowVersion ?? ConfigurationStore.Absent);
    }

    private static async Task<Results<Ok<AuthorizationView>, Created<AuthorizationView>>> PutSite(
        Caller caller, string site, TakeoverInput body, [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http, ConfigurationStore store, Owners owners, EventLog events, TimeProvider time)
    {
        var id = caller.Site(site);
        var takeover = body.Checked(caller.Name, time.GetUtcNow());
        var written = await store.PutTakeover(TakeoverScope.Of(id), takeover, RowVersions.Expected(ifMatch));
        var view = AuthorizationView.Of(null, takeover, await store.ExternalAuthorization(id) is not null, takeover.SetAt);
        var answer = RowVersions.Put(http, EnsureThere(written, "site"), view);
        events.Record(caller.Tenant, "authorization-taken-over", null, $"{caller.Name} took over site {site}: {Told(takeover)}.");
        await owners.AuthorizationChanged(id);
        return answer;
    }

    private static async Task<Results<Ok<AuthorizationView>, Created<AuthorizationView>>> PutCharger(
        Caller caller, string charger, TakeoverInput body, [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http, ConfigurationStore store, Owners owners, EventLog events, TimeProvider time)
    {
        var id = caller.Charger(charger);
        var takeover = body.Checked(caller.Name, time.GetUtcNow());
        var written = await store.PutTakeover(TakeoverScope.Of(id), takeover, RowVersions.Expected(ifMatch));
        var answer = RowVersions.Put(
            http, EnsureThere(written, "charger"), AuthorizationView.Of(takeover, null, external: false, takeover.SetAt));
        events.Record(caller.Tenant, "authorization-taken-over", id.Name, $"{caller.Name} took over: {Told(takeover)}.");
        await owners.AuthorizationChanged(id);
        return answer;
    }

    private static async Task<NoContent> DeleteSite(
        Caller caller, string site, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store, Owners owners, EventLog events)
    {
        var id = caller.Site(site);
        var answer = RowVersions.Deleted(await store.DeleteTakeover(TakeoverScope.Of(id), RowVersions.Expected(ifMatch)), "takeover");
        events.Record(caller.Tenant, "authorization-given-back", null, $"{caller.Name} gave site {site} back.");
        await owners.AuthorizationChanged(id);
        return answer;
    }

    private static async Task<NoContent> DeleteCharger(
        Caller caller, string charger, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store, Owners owners, EventLog events)
    {
        var id = caller.Charger(charger);
        var answer = RowVersions.Deleted(await store.DeleteTakeover(TakeoverScope.Of(id), RowVersions.Expected(ifMatch)), "takeover");
        events.Record(caller.Tenant, "authorization-given-back", id.Name, $"{caller.Name} gave it back.");
        await owners.AuthorizationChanged(id);
        return answer;
    }

    private static WriteResult EnsureThere(WriteResult written, string what) => written.Outcome == WriteOutcome.NotFound
        ? throw ApiFault.NotFound($"There is no such {what}.")
        : RowVersions.Ensure(written);

    private static string Told(TakeoverConfiguration set) => $"{Words.Of(set.Takeover.Kind)} until {set.Takeover.Until:yyyy-MM-dd HH:mm:ss}Z";
}

/// <summary>A takeover as it is put.</summary>
/// <param name="Mode">manual: an operator answers each tag; tags: the tags' configuration decides; accept: every tag is accepted.</param>
/// <param name="Until">When the configuration decides again, at most 24 h from now.</param>
/// <param name="DeadlineSeconds">How long an operator has for an answer, 1 to 20; 15 by default.</param>
/// <param name="OnTimeout">accept, reject or tags (default): what is answered when no operator does.</param>
public sealed record TakeoverInput(string? Mode = null, DateTimeOffset? Until = null, int? DeadlineSeconds = null, string? OnTimeout = null)
{
    private const int DefaultDeadline = 15;

    /// <summary>Chargers wait 30 s for an answer and then ask again, or not.</summary>
    private const int MaxDeadline = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private static readonly AuthorityKind[] Kinds = [AuthorityKind.Manual, AuthorityKind.Tags, AuthorityKind.Accept];
    private static readonly string[] Modes = [.. Kinds.Select(Words.Of)];

    internal TakeoverConfiguration Checked(string by, DateTimeOffset now)
    {
        new Checks()
            .That(Modes.Contains(Mode), "mode", $"must be one of {string.Join(", ", Modes)}")
            .That(Until > now && Until <= now + Longest, "until", "must be a time within the next 24 h")
            .Range(DeadlineSeconds, "deadlineSeconds", 1, MaxDeadline)
            .OneOf(OnTimeout, "onTimeout", AuthorizationDefault.All)
            .ThrowIfAny();
        var takeover = new Takeover(
            Kinds[Modes.IndexOf(Mode)],
            Until!.Value.ToUniversalTime(),
            TimeSpan.FromSeconds(DeadlineSeconds ?? DefaultDeadline),
            OnTimeout ?? AuthorizationDefault.Tags);
        return new TakeoverConfiguration(takeover, by, now);
    }
}

/// <summary>Who decides on tags at the moment.</summary>
/// <param name="Mode">manual, accept, tags or external.</param>
/// <param name="Scope">charger or site: whose takeover it is; null when the configuration decides.</param>
/// <param name="Until">When the takeover ends; null without one.</param>
/// <param name="SetBy">Who took over; null without a takeover.</param>
public sealed record AuthorizationView(
    string Mode,
    string? Scope,
    DateTimeOffset? Until,
    int? DeadlineSeconds,
    string? OnTimeout,
    string? SetBy,
    DateTimeOffset? SetAt)
{
    internal static AuthorizationView Of(TakeoverConfiguration? own, TakeoverConfiguration? ofSite, bool external, DateTimeOffset now)
    {
        var held = AuthorityRules.InForce(own?.Takeover, ofSite?.Takeover, now);
        if (held is null)
        {
            return new(Words.Of(external ? AuthorityKind.External : AuthorityKind.Tags), null, null, null, null, null, null);
        }

        var set = ReferenceEquals(held, own?.Takeover) ? own! : ofSite!;
        return new(
            Words.Of(held.Kind), ReferenceEquals(set, ofSite) ? "site" : "charger", held.Until, (int)held.Deadline.TotalSeconds,
            held.OnTimeout, set.SetBy, set.SetAt);
    }
}
