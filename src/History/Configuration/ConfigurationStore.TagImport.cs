using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.History.Audit;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.LocalLists;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

/// <summary>A tag that an import creates or replaces.</summary>
/// <param name="Before">Null for a new one.</param>
public sealed record TagChange(TagConfiguration? Before, TagConfiguration After);

/// <summary>Many tags at once.</summary>
public sealed partial class ConfigurationStore
{
    private const int KeysPerQuery = 500;
    private const int AuditedTags = 100;

    /// <summary>What <see cref="PutTags"/> would change now.</summary>
    public Task<IReadOnlyList<TagChange>> CompareTags(TenantId tenant, IReadOnlyList<TagConfiguration> tags) =>
        engine.Read<IReadOnlyList<TagChange>>(async tables =>
        {
            var stored = new List<TagWithVehicle>();
            foreach (var keys in Keys(tags))
            {
                stored.AddRange(await WithVehicle(tables, tenant, Named(tables, tenant, keys)).ToListAsync());
            }

            return Changes(tags, stored);
        });

    /// <summary>
    /// Puts tags that differ from what is stored, all or none; each as <see cref="PutTag"/> does without an expected version.
    /// No two may have the same key.
    /// </summary>
    /// <returns>What was changed.</returns>
    public Task<IReadOnlyList<TagChange>> PutTags(TenantId tenant, IReadOnlyList<TagConfiguration> tags)
    {
        var (scope, at) = (AuditScope.Current, time.GetUtcNow());
        return engine.Write<IReadOnlyList<TagChange>>(
            write =>
            {
                write.Alone(tenant, "configuration");
                var stored = Keys(tags).SelectMany(keys => WithVehicle(write.Tables, tenant, Named(write.Tables, tenant, keys)).ToList());
                var changes = Changes(tags, stored);
                if (changes.Count > 0)
                {
                    Apply(write, tenant, changes);
                    AuditLog.Append(write, tenant, at, scope, "tags", Told(changes, change => change.Before), Told(changes, change => change.After));
                    scope?.IsRecorded = true;
                }

                return changes;
            },
            rows: tags.Count,
            bytes: tags.Count * 256);
    }

    /// <summary>What the audit log tells of an import: how many, and of those the first.</summary>
    private static string Told(List<TagChange> changes, Func<TagChange, TagConfiguration?> side) =>
        JsonSerializer.Serialize(new { changed = changes.Count, tags = changes.Take(AuditedTags).Select(side).OfType<TagConfiguration>() });

    private static IEnumerable<string[]> Keys(IReadOnlyList<TagConfiguration> tags) =>
        tags.Select(tag => new IdTag(tag.IdTag).Key).Chunk(KeysPerQuery);

    private static IQueryable<TagRow> Named(HistoryTables tables, TenantId tenant, string[] keys) =>
        tables.Tags.Where(row => row.TenantId == tenant.Value && keys.Contains(row.TagKey));

    private static List<TagChange> Changes(IReadOnlyList<TagConfiguration> tags, IEnumerable<TagWithVehicle> stored)
    {
        var before = stored.Select(found => Read(found).Value).ToDictionary(tag => new IdTag(tag.IdTag).Key, StringComparer.Ordinal);
        return [.. tags
            .Select(tag => new TagChange(before.GetValueOrDefault(new IdTag(tag.IdTag).Key), tag))
            .Where(change => change.Before is null || !Same(change.Before, change.After))];
    }

    private static bool Same(TagConfiguration one, TagConfiguration other) =>
        one with { Sites = [], Expiry = null } == other with { Sites = [], Expiry = null }
        && one.Sites.SequenceEqual(other.Sites, StringComparer.Ordinal)
        && one.Expiry?.ToUnixTimeMilliseconds() == other.Expiry?.ToUnixTimeMilliseconds();

    private static void Apply(HistoryWrite write, TenantId tenant, List<TagChange> changes)
    {
        var version = IdStatements.Reserve(write, tenant, Versioning.Name, changes.Count);
        foreach (var (before, after) in changes)
        {
            var row = RowOf(tenant, after, version);
            if (before is null)
            {
                write.Tables.Insert(row);
            }
            else
            {
                write.Tables.Update(row);
            }

            // A vehicle may have listed a new tag before there was one, and keeps it when the line names none.
            if (before?.Vehicle != after.Vehicle)
            {
                VehicleTags.Link(write.Tables, tenant, after.IdTag, after.Vehicle, version);
            }

            version++;
        }

        LocalListStore.Note(
            write.Tables, tenant, version - 1, changes.Exists(change => change.Before is not null && LocalListRules.Revokes(RightsOf(change.Before), RightsOf(change.After))));
    }
}
