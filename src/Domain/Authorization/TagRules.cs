namespace EvCharge.Domain.Authorization;

/// <summary>What is configured for a tag.</summary>
/// <param name="Status">Accepted, Blocked, Expired or Invalid.</param>
/// <param name="Sites">Names of the sites where it may charge; empty for all.</param>
/// <param name="Vehicle">The vehicle it belongs to, or null.</param>
public sealed record TagRights(
    string Status, DateTimeOffset? Expiry, string? Parent, IReadOnlyList<string> Sites, string? Vehicle = null)
{
    public TagStanding Standing => new(Status, Expiry);
}

/// <summary>What of a group's own tag holds for every tag of the group.</summary>
[GenerateSerializer, Immutable, Alias("evc.TagStanding")]
public sealed record TagStanding([property: Id(0)] string Status, [property: Id(1)] DateTimeOffset? Expiry)
{
    /// <summary>The status at that moment: stored, unless the time is over.</summary>
    public string At(DateTimeOffset now) => Status == AuthorizationStatus.Accepted && Expiry <= now ? AuthorizationStatus.Expired : Status;
}

/// <summary>Decides on a tag by what is configured for it, as far as nothing else runs.</summary>
public static class TagRules
{
    /// <summary>
    /// The stored status, unless time, group or place forbid more. OCPP 1.6 knows a group by its name alone (§7.28,
    /// parentIdTag): only where that name is configured as a tag itself its status and expiry hold for the whole group.
    /// </summary>
    /// <param name="group">The tag that the parent names; null when there is none.</param>
    /// <param name="site">Where the tag was presented; empty for no site.</param>
    public static TagDecision Decide(TagRights tag, TagStanding? group, string site, DateTimeOffset now)
    {
        var own = tag.Standing.At(now);
        var status = own != AuthorizationStatus.Accepted ? own : group?.At(now) ?? own;
        if (status == AuthorizationStatus.Accepted && tag.Sites.Count > 0 && !tag.Sites.Contains(site, StringComparer.Ordinal))
        {
            status = AuthorizationStatus.Invalid;
        }

        // The charger keeps the answer until then, so the group's end is the tag's.
        var expiry = group?.Expiry < (tag.Expiry ?? DateTimeOffset.MaxValue) ? group.Expiry : tag.Expiry;
        return new TagDecision(status, expiry, tag.Parent, tag.Vehicle);
    }

    /// <summary>True for tags of one group: one may stop what the other started (OCPP 1.6 §4.10).</summary>
    public static bool SameGroup(TagDecision one, TagDecision other) =>
        one.Parent is not null && string.Equals(one.Parent, other.Parent, StringComparison.OrdinalIgnoreCase);
}
