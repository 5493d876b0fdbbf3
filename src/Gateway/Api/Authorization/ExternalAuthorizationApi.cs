using System.Text.RegularExpressions;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api.Authorization;

/// <summary>The endpoint that decides on the tags of a site in place of their configuration.</summary>
internal static class ExternalAuthorizationApi
{
    public static void MapExternalAuthorization(this IEndpointRouteBuilder api)
    {
        var external = api.MapGroup("/sites/{site}/external-authorization").WithTags("Authorization");
        external.MapGet("", Get).RequirePermission(Permission.WriteFleet)
            .WithName("getExternalAuthorization").WithSummary("The endpoint that decides on the tags of a site");
        external.MapPut("", Put).RequirePermission(Permission.WriteFleet).Replaces()
            .WithName("putExternalAuthorization").WithSummary("Have an endpoint decide on the tags of a site");
        external.MapDelete("", Delete).RequirePermission(Permission.WriteFleet)
            .WithName("deleteExternalAuthorization").WithSummary("Have the tags' configuration decide again");
    }

    private static async Task<Ok<ExternalAuthorizationView>> Get(Caller caller, string site, HttpContext http, ConfigurationStore store)
    {
        var found = await store.ExternalAuthorization(caller.Site(site))
            ?? throw ApiFault.NotFound("No endpoint decides on the tags of such a site.");
        return RowVersions.Answer(http, ExternalAuthorizationView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<ExternalAuthorizationView>, Created<ExternalAuthorizationView>>> Put(
        Caller caller,
        string site,
        ExternalAuthorizationInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        SecretVault secrets,
        Owners owners,
        EventLog events)
    {
        var id = caller.Site(site);
        var external = body.Checked(id, (await store.ExternalAuthorization(id))?.Value, secrets);
        var written = await store.PutExternalAuthorization(external, RowVersions.Expected(ifMatch));
        if (written.Outcome == WriteOutcome.NotFound)
        {
            throw ApiFault.NotFound("There is no such site.");
        }

        var answer = RowVersions.Put(http, RowVersions.Ensure(written), ExternalAuthorizationView.Of(external));
        events.Record(caller.Tenant, "external-authorization-set", null, $"{caller.Name} has {new Uri(external.Url).Host} decide on the tags of site {site}.");
        await owners.AuthorizationChanged(id);
        return answer;
    }

    private static async Task<NoContent> Delete(
        Caller caller, string site, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store, Owners owners, EventLog events)
    {
        var id = caller.Site(site);
        var answer = RowVersions.Deleted(await store.DeleteExternalAuthorization(id, RowVersions.Expected(ifMatch)), "endpoint");
        events.Record(caller.Tenant, "external-authorization-removed", null, $"{caller.Name} has tags' configuration decide at site {site}.");
        await owners.AuthorizationChanged(id);
        return answer;
    }
}

/// <summary>An endpoint as it is put.</summary>
/// <param name="Url">https, at most 2000 characters; http for this machine, where the installation permits that.</param>
/// <param name="DeadlineSeconds">How long it may take, 1 to 10; 5 by default.</param>
/// <param name="Fallback">accept, reject or tags (default): what is answered when it fails.</param>
/// <param name="Header">The header that carries the secret: Authorization (default), or one whose name begins with X-.</param>
/// <param name="Secret">
/// The header's value, at most 2000 printable characters, never shown again. Left out, the stored one stays as long as scheme,
/// host and port do; an empty one removes it.
/// </param>
public sealed partial record ExternalAuthorizationInput(
    string? Url = null, int? DeadlineSeconds = null, string? Fallback = null, string? Header = null, string? Secret = null)
{
    private const int MaxLength = 2_000;
    private const int MaxDeadline = 10;
    private const int DefaultDeadline = 5;
    private const string DefaultHeader = "Authorization";

    internal ExternalAuthorizationConfiguration Checked(SiteId site, ExternalAuthorizationConfiguration? stored, SecretVault secrets)
    {
        var uri = Uri.TryCreate(Url, UriKind.Absolute, out var parsed) && IsPlain(parsed) ? parsed : null;
        var moved = stored is not null && uri is not null
            && Uri.Compare(uri, new Uri(stored.Url), UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0;
        new Checks()
            .That(uri is not null && Url!.Length <= MaxLength, "url", $"must be https, without user and fragment, at most {MaxLength} characters")
            .Range(DeadlineSeconds, "deadlineSeconds", 1, MaxDeadline)
            .OneOf(Fallback, "fallback", AuthorizationDefault.All)
            .That(Header is null || HeaderName().IsMatch(Header), "header", "must be Authorization, or begin with X-")
            .That(Secret is null or "" || Ids.IsPrintable(Secret, MaxLength), "secret", $"must be at most {MaxLength} printable characters")
            .That(Secret is not null || stored?.Secret is null || !moved, "secret", "must be given again, since the address is another")
            .That(Secret is null or "" || secrets.HasKey, "secret", "cannot be kept: the installation has no key for secrets")
            .ThrowIfAny();
        var external = new ExternalAuthorizationConfiguration(
            site, uri!.AbsoluteUri, TimeSpan.FromSeconds(DeadlineSeconds ?? DefaultDeadline), Fallback ?? AuthorizationDefault.Tags,
            Header ?? DefaultHeader, null);
        return external with
        {
            Secret = Secret switch
            {
                null => stored?.Secret,
                "" => null,
                _ => secrets.Protect(site.Tenant, external.SecretPurpose, Secret),
            },
        };
    }

    /// <summary>Whether its address may be called is found out by the silo that calls it, each time.</summary>
    private static bool IsPlain(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0;

    [GeneratedRegex(@"\A(Authorization|X-[A-Za-z0-9-]{1,60})\z", RegexOptions.IgnoreCase)]
    private static partial Regex HeaderName();
}

/// <summary>An endpoint. Members as in <see cref="ExternalAuthorizationInput"/>.</summary>
/// <param name="HasSecret">A secret is stored.</param>
public sealed record ExternalAuthorizationView(string Url, int DeadlineSeconds, string Fallback, string? Header, bool HasSecret)
{
    internal static ExternalAuthorizationView Of(ExternalAuthorizationConfiguration external) => new(
        external.Url, (int)external.Deadline.TotalSeconds, external.Fallback, external.Header, external.Secret is not null);
}
