using System.Text.RegularExpressions;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;

namespace EvCharge.Gateway.OpenId;

/// <summary>An identity provider as it is put.</summary>
/// <param name="Name">What its button at the sign-in reads, 1 to 60 characters; its name in the path by default.</param>
/// <param name="Issuer">Its https address, below which it publishes <c>/.well-known/openid-configuration</c>; http for this machine, where the installation permits that. It stays.</param>
/// <param name="ClientId">As which program we are registered there.</param>
/// <param name="ClientSecret">At most 500 printable characters, never shown again. Left out, the stored one stays; an empty one removes it.</param>
/// <param name="Scopes">What is asked for beside openid; profile and email by default.</param>
/// <param name="UsernameClaim">The claim that names a person who comes for the first time; preferred_username by default.</param>
/// <param name="RoleClaim">The claim whose values give roles, at each sign-in; without it a user's role is settled here.</param>
/// <param name="Roles">Which value gives which role, the first that fits; at most 50.</param>
/// <param name="DefaultRole">The role of whom no value fits. Without it they are not let in, and without a claim only those who are users already.</param>
/// <param name="Disabled">Nobody signs in by it; false by default.</param>
public sealed partial record IdentityProviderInput(
    string? Name = null,
    string? Issuer = null,
    string? ClientId = null,
    string? ClientSecret = null,
    IReadOnlyList<string>? Scopes = null,
    string? UsernameClaim = null,
    string? RoleClaim = null,
    IReadOnlyList<ClaimedRoleInput>? Roles = null,
    string? DefaultRole = null,
    bool Disabled = false)
{
    private const int MaxName = 60;
    private const int MaxIssuer = 500;
    private const int MaxClient = 200;
    private const int MaxSecret = 500;
    private const int MaxValue = 200;
    private const int MostScopes = 20;
    private const int MostRoles = 50;
    private const string ClaimRule = "must be 1 to 100 printable characters without blanks";
    private const string Blank = " ";

    internal IEnumerable<string> NamedRoles => (Roles ?? []).Take(MostRoles).Select(one => one?.Role).Append(DefaultRole).OfType<string>();

    /// <param name="unknown">Named roles that the tenant has not.</param>
    internal IdentityProviderConfiguration Checked(
        TenantId tenant, string provider, IdentityProviderConfiguration? stored, SecretVault vault, IReadOnlySet<string> unknown)
    {
        var uri = Uri.TryCreate(Issuer, UriKind.Absolute, out var parsed) && IsPlain(parsed) ? parsed : null;
        new Checks()
            .Text(Name, "name", MaxName)
            .That(uri is not null && Issuer!.Length <= MaxIssuer, "issuer", $"must be https, without user, query and fragment, at most {MaxIssuer} characters")
            .That(Ids.IsPrintable(ClientId, MaxClient), "clientId", $"must be 1 to {MaxClient} printable characters")
            .That(ClientSecret is null or "" || Ids.IsPrintable(ClientSecret, MaxSecret), "clientSecret", $"must be at most {MaxSecret} printable characters")
            .That(Scopes is null || (Scopes.Count <= MostScopes && Scopes.All(IsWord)), "scopes", $"must be at most {MostScopes} words")
            .That(UsernameClaim is null || IsWord(UsernameClaim), "usernameClaim", ClaimRule)
            .That(RoleClaim is null || IsWord(RoleClaim), "roleClaim", ClaimRule)
            .That(Roles is null or { Count: 0 } || RoleClaim is not null, "roles", "need a roleClaim")
            .That(
                Roles is null || (Roles.Count <= MostRoles && Roles.All(one => one is { Role: not null, Value.Length: > 0 and <= MaxValue })), "roles",
                $"must be at most {MostRoles}, each with a value of 1 to {MaxValue} characters and a role")
            .That(Roles is null || Roles.All(one => one?.Role is null || !unknown.Contains(one.Role)), "roles", "name a role that is none")
            .That(DefaultRole is null || !unknown.Contains(DefaultRole), "defaultRole", "is no role")
            .ThrowIfAny();
        var configured = new IdentityProviderConfiguration(
            provider, Name ?? provider, Issuer!.TrimEnd('/'), ClientId!, null, string.Join(Blank, Scopes ?? ["profile", "email"]),
            UsernameClaim ?? "preferred_username", RoleClaim, [.. (Roles ?? []).Select(one => new ClaimedRole(one.Value!, one.Role!))], DefaultRole, Disabled);
        return configured with
        {
            ClientSecret = ClientSecret switch
            {
                null => stored?.ClientSecret,
                "" => null,
                _ => vault.Protect(tenant, configured.SecretPurpose, ClientSecret),
            },
        };
    }

    /// <summary>Whether its address may be called is found out with each call.</summary>
    private static bool IsPlain(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;

    private static bool IsWord(string? text) => text is not null && Word().IsMatch(text);

    [GeneratedRegex(@"\A[!-~]{1,100}\z")]
    private static partial Regex Word();
}

/// <param name="Value">A value of the claim.</param>
/// <param name="Role">administrator, operator, guest, or one of the tenant's own.</param>
public sealed record ClaimedRoleInput(string? Value = null, string? Role = null);

/// <summary>An identity provider. Members as in <see cref="IdentityProviderInput"/>.</summary>
/// <param name="HasSecret">A secret is stored.</param>
/// <param name="RedirectUri">The address to register at the provider.</param>
public sealed record IdentityProviderView(
    string Provider,
    string Name,
    string Issuer,
    string ClientId,
    bool HasSecret,
    IReadOnlyList<string> Scopes,
    string UsernameClaim,
    string? RoleClaim,
    IReadOnlyList<ClaimedRoleInput> Roles,
    string? DefaultRole,
    bool Disabled,
    string RedirectUri)
{
    internal static IdentityProviderView Of(IdentityProviderConfiguration provider, string redirectUri) => new(
        provider.Provider, provider.Name, provider.Issuer, provider.ClientId, provider.ClientSecret is not null,
        provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), provider.UsernameClaim, provider.RoleClaim,
        [.. provider.Roles.Select(one => new ClaimedRoleInput(one.Value, one.Role))], provider.DefaultRole, provider.Disabled, redirectUri);
}
