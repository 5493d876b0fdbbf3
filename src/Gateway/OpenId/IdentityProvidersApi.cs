using System.Text.RegularExpressions;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.OpenId;

/// <summary>
/// The identity providers of a tenant. Who writes one could sign in as any user whom it knows, so that takes all rights in the tenant.
/// </summary>
internal static partial class IdentityProvidersApi
{
    public static void MapIdentityProviders(this IEndpointRouteBuilder api)
    {
        var providers = api.MapGroup("/identity-providers").WithTags("Users");
        providers.MapGet("", List).RequirePermission(Permission.ManageUsers)
            .WithName("listIdentityProviders").WithSummary("The OpenID Connect providers whose people sign in");
        providers.MapGet("/{identityProvider}", Get).RequirePermission(Permission.ManageUsers)
            .WithName("getIdentityProvider").WithSummary("One provider");
        providers.MapPut("/{identityProvider}", Put).RequirePermission(Permission.ManageUsers).Replaces().ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("putIdentityProvider").WithSummary("Let a company's people sign in by its OpenID Connect provider")
            .WithDescription(
                "For who may do all in the tenant. 409 issuer: another issuer is another provider; 409 too-many: the tenant has 10 already; "
                + "409 no-key: the installation has no key for secrets.");
        providers.MapDelete("/{identityProvider}", Delete).RequirePermission(Permission.ManageUsers)
            .WithName("deleteIdentityProvider").WithSummary("Let nobody sign in by a provider any more")
            .WithDescription("Its people stay as users, without a session and, where they had no password, without a way in.");
    }

    private static async Task<Page<IdentityProviderView>> List(Caller caller, HttpRequest request, ConfigurationStore store, IOptions<SecurityOptions> options)
    {
        var found = await store.IdentityProviders(caller.Tenant);
        return new Page<IdentityProviderView>([.. found.Select(one => View(caller, one.Value, request, options))], null);
    }

    private static async Task<Ok<IdentityProviderView>> Get(
        Caller caller, string identityProvider, HttpContext http, ConfigurationStore store, IOptions<SecurityOptions> options)
    {
        var found = await store.IdentityProvider(caller.Tenant, Id(identityProvider)) ?? throw ApiFault.NotFound("There is no such identity provider.");
        return RowVersions.Answer(http, View(caller, found.Value, http.Request, options), found.RowVersion);
    }

    private static async Task<Results<Ok<IdentityProviderView>, Created<IdentityProviderView>>> Put(
        Caller caller,
        string identityProvider,
        IdentityProviderInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        RoleBook roles,
        SecretVault vault,
        Sessions sessions,
        IOptions<SecurityOptions> options)
    {
        RoleBook.EnsureWithin(caller, Roles.Grantable);
        var before = (await store.IdentityProvider(caller.Tenant, Id(identityProvider)))?.Value;
        if (!vault.HasKey)
        {
            throw ApiFault.Conflict("no-key", "The installation has no key to keep secrets with.");
        }

        var provider = body.Checked(caller.Tenant, identityProvider, before, vault, await UnknownOf(body, caller, roles));
        var written = await store.PutIdentityProvider(caller.Tenant, provider, RowVersions.Expected(ifMatch));
        switch (written.Outcome)
        {
            case WriteOutcome.InUse:
                throw ApiFault.Conflict("issuer", "Another issuer is another provider: make one of another name.");
            case WriteOutcome.QuotaExceeded:
                throw ApiFault.Conflict("too-many", $"A tenant has at most {ConfigurationStore.MostIdentityProviders} identity providers.");
        }

        var answer = RowVersions.Put(http, RowVersions.Ensure(written), View(caller, provider, http.Request, options));
        if (provider.Disabled)
        {
            await CloseAll(caller, await store.UsersOf(caller.Tenant, identityProvider), sessions);
        }

        return answer;
    }

    private static async Task<NoContent> Delete(
        Caller caller, string identityProvider, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store, Sessions sessions)
    {
        RoleBook.EnsureWithin(caller, Roles.Grantable);
        var users = await store.UsersOf(caller.Tenant, Id(identityProvider));
        var answer = RowVersions.Deleted(
            await store.DeleteIdentityProvider(caller.Tenant, identityProvider, RowVersions.Expected(ifMatch)), "identity provider");
        await CloseAll(caller, users, sessions);
        return answer;
    }

    private static async Task CloseAll(Caller caller, IReadOnlyList<string> users, Sessions sessions)
    {
        foreach (var user in users)
        {
            await sessions.CloseAll(caller.Tenant, user);
        }
    }

    /// <summary>Roles that the body names and the tenant has not.</summary>
    private static async Task<IReadOnlySet<string>> UnknownOf(IdentityProviderInput body, Caller caller, RoleBook roles)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in body.NamedRoles.Distinct(StringComparer.Ordinal))
        {
            if (!await roles.Knows(caller.Tenant, role))
            {
                unknown.Add(role);
            }
        }

        return unknown;
    }

    private static IdentityProviderView View(Caller caller, IdentityProviderConfiguration provider, HttpRequest request, IOptions<SecurityOptions> options) =>
        IdentityProviderView.Of(provider, OpenIdApi.CallbackOf(request, options.Value, caller.Tenant.Value, provider.Provider));

    private static string Id(string provider) => Name().IsMatch(provider)
        ? provider
        : throw ApiFault.BadRequest("identityProvider", "must be 1 to 40 letters of a to z, digits and hyphens");

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?\z")]
    private static partial Regex Name();
}
