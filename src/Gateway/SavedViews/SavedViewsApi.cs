using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.SavedViews;

/// <summary>Pages of the console with what they are narrowed to, kept by users for themselves or for all of their tenant.</summary>
internal static class SavedViewsApi
{
    /// <summary>Of one user.</summary>
    private const int Most = 200;

    public static void MapSavedViews(this IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/saved-views").WithTags("Saved views");
        views.MapGet("", List).RequirePermission(Permission.SignedIn)
            .WithName("listSavedViews").WithSummary("What the caller kept, and what others kept for all, by name")
            .WithDescription("With page only those of one page.");
        views.MapPut("/{view}", Put).RequirePermission(Permission.SignedIn).Replaces()
            .WithName("putSavedView").WithSummary("Keep a view, or replace one of the caller's own")
            .WithDescription($"One for all needs {Permission.SendCalls}. {Most} at most.");
        views.MapDelete("/{view}", Delete).RequirePermission(Permission.SignedIn)
            .WithName("deleteSavedView").WithSummary("Delete a view")
            .WithDescription($"With owner one that somebody else keeps for all, which needs {Permission.ManageUsers}.");
    }

    private static async Task<Page<SavedViewView>> List(Caller caller, string? page, ConfigurationStore store)
    {
        EnsureUser(caller);
        return new([.. (await store.SavedViews(caller.Tenant, caller.FullName, page)).Select(row => SavedViewView.Of(row.Value, caller))], null);
    }

    private static async Task<Results<Ok<SavedViewView>, Created<SavedViewView>>> Put(
        Caller caller, string view, SavedViewInput body, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, ConfigurationStore store)
    {
        EnsureUser(caller);
        var kept = body.Checked(caller.FullName, Id(caller.Tenant, view));
        if (kept.Shared && !caller.Has(Permission.SendCalls))
        {
            throw Forbidden("Your role keeps no views for others.");
        }

        var written = await store.PutSavedView(caller.Tenant, kept, Most, RowVersions.Expected(ifMatch));
        if (written.Outcome is WriteOutcome.QuotaExceeded)
        {
            throw ApiFault.Conflict("too-many-views", $"There are {Most} views already.");
        }

        return RowVersions.Put(http, RowVersions.Ensure(written), SavedViewView.Of(kept, caller));
    }

    private static async Task<NoContent> Delete(
        Caller caller, string view, string? owner, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store)
    {
        EnsureUser(caller);
        var id = Id(caller.Tenant, view);
        if (owner is null || owner == caller.FullName)
        {
            return RowVersions.Deleted(await store.DeleteSavedView(caller.Tenant, caller.FullName, id, RowVersions.Expected(ifMatch)), "view");
        }

        if (!caller.Has(Permission.ManageUsers))
        {
            throw Forbidden("Your role deletes no views of others.");
        }

        // What is not for all is its owner's alone: nobody else learns that it is there.
        return (await store.SavedViews(caller.Tenant, caller.FullName, page: null)).Any(row => row.Value.Owner == owner && row.Value.View == id)
            ? RowVersions.Deleted(await store.DeleteSavedView(caller.Tenant, owner, id, RowVersions.Expected(ifMatch)), "view")
            : throw ApiFault.NotFound("There is no such view.");
    }

    private static ApiFault Forbidden(string text) => new(StatusCodes.Status403Forbidden, "forbidden", text);

    private static void EnsureUser(Caller caller)
    {
        if (!caller.IsSession)
        {
            throw ApiFault.Conflict("no-user", "A program keeps no views.");
        }
    }

    /// <summary>It is named as sites are, by which no character of it has to be escaped anywhere.</summary>
    private static string Id(TenantId tenant, string view) =>
        SiteId.TryParse(tenant, view, out _) ? view : throw ApiFault.BadRequest("view", Ids.SiteGrammar);
}

/// <summary>A page as somebody wants to find it again.</summary>
/// <param name="Owner">Who kept it.</param>
/// <param name="Own">It is the caller's.</param>
/// <param name="Page">Name of the page.</param>
/// <param name="Name">For people.</param>
/// <param name="Search">What the page's address holds behind the question mark, with it; empty for nothing.</param>
/// <param name="Shared">Everybody of the tenant finds it.</param>
public sealed record SavedViewView(string View, string Owner, bool Own, string Page, string Name, string Search, bool Shared)
{
    internal static SavedViewView Of(SavedView view, Caller caller) =>
        new(view.View, view.Owner, view.Owner == caller.FullName, view.Page, view.Name, view.Search, view.Shared);
}

/// <summary>A view as it is put.</summary>
/// <param name="View">May repeat the id in the path.</param>
/// <param name="Page">1 to 40 lower-case letters or hyphens.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Search">Empty, or a question mark and up to 4,000 printable characters.</param>
public sealed record SavedViewInput(string? View = null, string? Page = null, string? Name = null, string? Search = null, bool Shared = false)
{
    internal SavedView Checked(string owner, string id)
    {
        new Checks()
            .Name(View, id, "view")
            .That(Page is { Length: > 0 and <= 40 } && Page.All(letter => letter is (>= 'a' and <= 'z') or '-'), "page", "must be 1 to 40 lower-case letters or -")
            .That(Name is not null, "name", "must be there")
            .Text(Name, "name", 100)
            .That(Search is null or "" || (Search[0] == '?' && Ids.IsPrintable(Search, 4_001)), "search", "must be ? and at most 4000 printable characters")
            .ThrowIfAny();
        return new SavedView(owner, id, Page!, Name!, Search ?? "", Shared);
    }
}
