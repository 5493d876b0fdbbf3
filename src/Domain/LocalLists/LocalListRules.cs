using System.Collections.Immutable;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;

namespace EvCharge.Domain.LocalLists;

/// <summary>What a charger's local list should hold, and how it gets there.</summary>
public static class LocalListRules
{
    /// <summary>
    /// The tags that may charge at the site, then those that are blocked, so that an offline charger refuses them too. What is
    /// beyond the charger's room is left out from the end.
    /// </summary>
    /// <param name="tags">Every tag of the tenant, each once.</param>
    /// <param name="site">Of the charger; empty for none.</param>
    /// <param name="room">Entries that the charger can hold.</param>
    /// <returns>The list by tag, and how many tags it has no place for.</returns>
    public static (ImmutableArray<LocalListEntry> Entries, int LeftOut) Wanted(
        IReadOnlyCollection<(IdTag Tag, TagRights Rights)> tags, string site, DateTimeOffset now, int room)
    {
        var standings = tags.ToDictionary(tag => tag.Tag, tag => tag.Rights.Standing);
        var entries = tags
            .Select(tag => LocalListEntry.Of(tag.Tag, TagRules.Decide(tag.Rights, GroupOf(tag.Tag, tag.Rights, standings), site, now)))
            .Where(entry => entry.Status is AuthorizationStatus.Accepted or AuthorizationStatus.Blocked)
            .OrderBy(entry => entry.Status == AuthorizationStatus.Accepted ? 0 : 1)
            .ThenBy(entry => entry.Tag.Key, StringComparer.Ordinal)
            .ToList();
        var taken = entries.Where(entry => entry.Tag.Value.Length <= LocalListEntry.LongestTag).Take(room).ToList();
        return ([.. taken.OrderBy(entry => entry.Tag.Key, StringComparer.Ordinal)], entries.Count - taken.Count);
    }

    /// <summary>The next message; null when the charger holds what it should.</summary>
    /// <param name="held">What the charger holds; null when that is not known, or is to be sent anew.</param>
    /// <param name="most">Entries that one message may have.</param>
    public static LocalListUpdate? Next(ImmutableArray<LocalListEntry>? held, ImmutableArray<LocalListEntry> wanted, int most)
    {
        if (held is not { } known)
        {
            return new LocalListUpdate(true, [.. wanted.Take(most)], []);
        }

        var (before, after) = (known.ToDictionary(entry => entry.Tag), wanted.Select(entry => entry.Tag).ToHashSet());

        // What is taken away goes first: a right that is gone is worse than one that is late, and it makes room.
        var removed = before.Keys.Where(tag => !after.Contains(tag)).OrderBy(tag => tag.Key, StringComparer.Ordinal).Take(most).ToImmutableArray();
        var put = wanted
            .Where(entry => before.GetValueOrDefault(entry.Tag) != entry)
            .OrderBy(entry => entry.Status == AuthorizationStatus.Accepted ? 1 : 0)
            .Take(most - removed.Length)
            .ToImmutableArray();
        return removed.IsEmpty && put.IsEmpty ? null : new LocalListUpdate(false, put, removed);
    }

    /// <summary>Whether a change takes something away that a charger may have remembered of the tag.</summary>
    /// <param name="after">Null for a tag that is deleted.</param>
    public static bool Revokes(TagRights before, TagRights? after) => before.Status == AuthorizationStatus.Accepted
        && (after is null
            || after.Status != AuthorizationStatus.Accepted
            || (after.Expiry is { } expiry && (before.Expiry is null || expiry < before.Expiry))
            || !string.Equals(before.Parent, after.Parent, StringComparison.OrdinalIgnoreCase)
            || (after.Sites.Count > 0 && (before.Sites.Count == 0 || before.Sites.Except(after.Sites, StringComparer.Ordinal).Any())));

    /// <summary>Groups have one level, as everywhere.</summary>
    private static TagStanding? GroupOf(IdTag tag, TagRights rights, Dictionary<IdTag, TagStanding> standings) =>
        rights.Parent is { } parent && new IdTag(parent) is var group && group != tag ? standings.GetValueOrDefault(group) : null;
}
