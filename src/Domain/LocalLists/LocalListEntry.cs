using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;

namespace EvCharge.Domain.LocalLists;

/// <summary>A tag in the list that a charger decides by without asking (OCPP 1.6 §7.1).</summary>
/// <param name="Tag">At most <see cref="LongestTag"/> characters.</param>
/// <param name="Status">One of <see cref="AuthorizationStatus"/>.</param>
/// <param name="Expiry">To the second, as it is sent; null for none.</param>
/// <param name="Parent">The tag's group; null for none, or for one that is too long to be sent.</param>
public sealed record LocalListEntry(IdTag Tag, string Status, DateTimeOffset? Expiry, string? Parent)
{
    /// <summary>OCPP 1.6 knows no longer ones (§7.27, idToken); a charger could never present one.</summary>
    public const int LongestTag = 20;

    public static LocalListEntry Of(IdTag tag, TagDecision decision) => new(
        tag,
        decision.Status,
        decision.Expiry is { } expiry ? DateTimeOffset.FromUnixTimeSeconds(expiry.ToUnixTimeSeconds()) : null,
        decision.Parent is { Length: <= LongestTag } parent ? parent : null);
}
