namespace EvCharge.Domain.Authorization;

/// <summary>Who decides on a tag.</summary>
public enum AuthorityKind
{
    /// <summary>What is configured for tags.</summary>
    Tags,

    /// <summary>Nobody: every tag is accepted.</summary>
    Accept,

    /// <summary>An operator, each time.</summary>
    Manual,

    /// <summary>The site's endpoint, each time.</summary>
    External,
}

/// <summary>What is answered when who decides does not.</summary>
public static class AuthorizationDefault
{
    public const string Accept = "accept";
    public const string Reject = "reject";

    /// <summary>As the tag is configured.</summary>
    public const string Tags = "tags";

    public static readonly IReadOnlyList<string> All = [Accept, Reject, Tags];

    /// <param name="byTags">What the tag's configuration says.</param>
    public static TagDecision Decide(string @default, TagDecision byTags, DateTimeOffset? expiry = null) => @default switch
    {
        Accept => byTags with { Status = AuthorizationStatus.Accepted, Expiry = expiry },
        Reject => byTags with { Status = AuthorizationStatus.Blocked, Expiry = null },
        _ => byTags,
    };
}

/// <summary>The authorization of a charger or a site, taken out of the hands of its configuration for a while.</summary>
/// <param name="Kind">Manual, Tags or Accept.</param>
/// <param name="Until">From then on the configuration decides again.</param>
/// <param name="Deadline">How long an operator has for an answer.</param>
/// <param name="OnTimeout">One of <see cref="AuthorizationDefault"/>.</param>
public sealed record Takeover(AuthorityKind Kind, DateTimeOffset Until, TimeSpan Deadline, string OnTimeout)
{
    public bool Holds(DateTimeOffset now) => now < Until;
}

public static class AuthorityRules
{
    /// <summary>The takeover that holds: the charger's own before its site's; null when the configuration decides.</summary>
    public static Takeover? InForce(Takeover? ofCharger, Takeover? ofSite, DateTimeOffset now) =>
        ofCharger?.Holds(now) == true ? ofCharger : ofSite?.Holds(now) == true ? ofSite : null;
}
