using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;

namespace EvCharge.History.Configuration;

/// <summary>Whose authorization is taken over: that of a charger or of all chargers of a site.</summary>
public readonly record struct TakeoverScope(TenantId Tenant, string Kind, string Name)
{
    internal const string Charger = "charger";
    internal const string Site = "site";

    public static TakeoverScope Of(ChargerId charger) => new(charger.Tenant, Charger, charger.Name);

    public static TakeoverScope Of(SiteId site) => new(site.Tenant, Site, site.Name);
}

/// <param name="SetBy">Who took over.</param>
public sealed record TakeoverConfiguration(Takeover Takeover, string SetBy, DateTimeOffset SetAt);

/// <summary>The endpoint that decides on the tags of a site.</summary>
/// <param name="Fallback">One of <see cref="AuthorizationDefault"/>: what is answered when it fails.</param>
/// <param name="Header">Name of the header that carries the secret; null for none.</param>
/// <param name="Secret">As <see cref="Secrets.SecretVault"/> protected it, or null.</param>
public sealed record ExternalAuthorizationConfiguration(
    SiteId Site, string Url, TimeSpan Deadline, string Fallback, string? Header, byte[]? Secret)
{
    /// <summary>What the secret is protected for.</summary>
    public string SecretPurpose => $"external-authorization/{Site.Name}";
}

/// <summary>All that says who decides on the tags of a charger, whether it holds at the moment or not.</summary>
public sealed record AuthorityConfiguration(
    Takeover? OfCharger, Takeover? OfSite, Versioned<ExternalAuthorizationConfiguration>? External)
{
    public static readonly AuthorityConfiguration None = new(null, null, null);
}
