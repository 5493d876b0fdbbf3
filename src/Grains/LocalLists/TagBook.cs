using System.Collections.Concurrent;
using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.History.Configuration;
using EvCharge.History.LocalLists;
using Microsoft.Extensions.Options;

namespace EvCharge.Grains.LocalLists;

/// <summary>
/// The tags as the chargers of this silo compare their lists with them: read once for all chargers of a tenant, and made into a
/// list once for all those of a site.
/// </summary>
internal sealed class TagBook(ConfigurationStore configuration, LocalListStore lists, IOptions<LocalListOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<TenantId, Shared<TagRevision>> _revisions = [];
    private readonly ConcurrentDictionary<ListId, Shared<WantedList>> _lists = [];

    /// <summary>The last change of the tenant's tags; what was read within a quarter of the period of comparison is given again.</summary>
    /// <exception cref="History.HistoryUnavailableException">It cannot be read.</exception>
    public Task<TagRevision> Revision(TenantId tenant) =>
        Get(_revisions, tenant, options.Value.CheckPeriod / 4, () => lists.Revision(tenant));

    /// <param name="revision">Of the tags that the list is made of, at least.</param>
    /// <param name="site">Of the charger; empty for none.</param>
    /// <param name="room">Entries that the charger can hold.</param>
    /// <exception cref="History.HistoryUnavailableException">It cannot be read.</exception>
    public Task<WantedList> Wanted(TenantId tenant, TagRevision revision, string site, int room)
    {
        foreach (var (id, list) in _lists)
        {
            if (list.Age(time) >= Kept)
            {
                _lists.TryRemove(id, out _);
            }
        }

        return Get(_lists, new ListId(tenant, revision.Changed, site, room), Kept, async () =>
        {
            var (entries, leftOut) = LocalListRules.Wanted(await configuration.AllTags(tenant), site, time.GetUtcNow(), room);
            return new WantedList(entries, leftOut);
        });
    }

    private Task<T> Get<TKey, T>(ConcurrentDictionary<TKey, Shared<T>> known, TKey key, TimeSpan freshness, Func<Task<T>> read)
        where TKey : notnull
    {
        if (known.TryGetValue(key, out var last) && last.Age(time) < freshness && last.IsUsable)
        {
            return last.Value;
        }

        var next = new Shared<T>(read, time.GetTimestamp());
        return (last is null ? known.GetOrAdd(key, next) : known.TryUpdate(key, next, last) ? next : known.GetOrAdd(key, next)).Value;
    }

    private readonly record struct ListId(TenantId Tenant, long Revision, string Site, int Room);

    /// <summary>Read by the first who asks, on no grain's scheduler, since others wait for it too.</summary>
    private sealed class Shared<T>(Func<Task<T>> read, long at)
    {
        private readonly Lazy<Task<T>> _value = new(() => Task.Run(read));

        public Task<T> Value => _value.Value;

        public bool IsUsable => !_value.IsValueCreated || !(_value.Value.IsFaulted || _value.Value.IsCanceled);

        public TimeSpan Age(TimeProvider time) => time.GetElapsedTime(at);
    }
}
