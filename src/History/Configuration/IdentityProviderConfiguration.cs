namespace EvCharge.History.Configuration;

/// <summary>An OpenID Connect provider whose people sign in to a tenant.</summary>
/// <param name="Name">What its button at the sign-in reads.</param>
/// <param name="Issuer">Its issuer identifier (OpenID Connect Core 1.0 §1.2), without a slash at the end.</param>
/// <param name="ClientSecret">As the vault keeps it for <see cref="SecretPurpose"/>; null for a public client.</param>
/// <param name="Scopes">Asked for beside openid, with blanks between.</param>
/// <param name="UsernameClaim">Names a person who comes for the first time.</param>
/// <param name="RoleClaim">Says what somebody may do, each time; null when that is settled here.</param>
/// <param name="Roles">The first whose value the claim has counts.</param>
/// <param name="DefaultRole">Of whom none fits; null to let those in who are known alone.</param>
/// <param name="Disabled">Nobody signs in by it.</param>
public sealed record IdentityProviderConfiguration(
    string Provider,
    string Name,
    string Issuer,
    string ClientId,
    byte[]? ClientSecret,
    string Scopes,
    string UsernameClaim,
    string? RoleClaim,
    IReadOnlyList<ClaimedRole> Roles,
    string? DefaultRole,
    bool Disabled)
{
    public string SecretPurpose => $"identity-provider/{Provider}";
}

/// <summary>The role of those whose claim has a value.</summary>
public sealed record ClaimedRole(string Value, string Role);

/// <summary>Who a user is at a provider.</summary>
/// <param name="Subject">The provider's own name for a person, which never goes to another (OpenID Connect Core 1.0 §2, <c>sub</c>).</param>
public sealed record OutsideIdentity(string Provider, string Subject);
