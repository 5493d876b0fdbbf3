using System.Security.Claims;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.OpenId;

/// <summary>What a provider says of a person.</summary>
/// <param name="Subject">The provider's own name for the person.</param>
internal sealed record OpenIdPerson(string Subject, IReadOnlyList<Claim> Claims)
{
    public static OpenIdPerson Of(IReadOnlyList<Claim> claims) => new(claims.FirstOrDefault(one => one.Type == "sub")?.Value ?? "", claims);

    /// <summary>The first value of a claim; null without one.</summary>
    public string? First(string claim) => Claims.FirstOrDefault(one => one.Type == claim)?.Value;

    /// <summary>The role that the provider's word stands for; null when it says none.</summary>
    public string? RoleAt(IdentityProviderConfiguration provider)
    {
        if (provider.RoleClaim is not { } claim)
        {
            return null;
        }

        var values = Claims.Where(one => one.Type == claim).Select(one => one.Value).ToHashSet(StringComparer.Ordinal);
        return provider.Roles.FirstOrDefault(role => values.Contains(role.Value))?.Role;
    }

    /// <summary>Whether the claims that sign-in and role need are there.</summary>
    public bool Tells(IdentityProviderConfiguration provider) =>
        First(provider.UsernameClaim) is not null && (provider.RoleClaim is null || First(provider.RoleClaim) is not null);
}
